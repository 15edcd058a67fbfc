using Fovea.Models.Circuits;
using static TorchSharp.torch;

namespace Fovea.Models.Controls;

/// <summary>
/// The control without a middle: each angle divided by π, so that it lies in (−1, 1) as an expectation value does. What such a layer
/// reaches is reached by the projections and the tanh alone.
/// </summary>
public sealed class IdentityConvolution : AngleConvolution
{
    /// <summary>Builds the layer.</summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">Gives the qubits and the groups.</param>
    public IdentityConvolution(int channels, QuantumOptions options)
        : base(nameof(IdentityConvolution), channels, options, QuantumLayerKind.Identity) => RegisterComponents();

    /// <inheritdoc />
    protected override Tensor Middle(Tensor angles) => HalfTurns(angles);
}
