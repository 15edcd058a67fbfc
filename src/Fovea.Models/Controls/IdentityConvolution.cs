using Fovea.Models.Circuits;
using Fovea.Quantum.Ansaetze;
using static TorchSharp.torch;

namespace Fovea.Models.Controls;

/// <summary>
/// The control without a middle: each angle divided by π, so that it lies in (−1, 1) as an expectation value does. What such a layer
/// reaches is reached by the projections and the tanh alone. Where the circuit has more observables than wires, each of them is here the
/// angle of its (first) wire, so that there are as many numbers and nothing is added to the angles.
/// </summary>
public sealed class IdentityConvolution : AngleConvolution
{
    private readonly long[]? _wires;

    /// <summary>Builds the layer.</summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">Gives the qubits and the groups.</param>
    public IdentityConvolution(int channels, QuantumOptions options)
        : base(nameof(IdentityConvolution), channels, options, QuantumLayerKind.Identity)
    {
        long[] wires = [.. LayerObservables.Of(options.Circuit.Observables, Qubits).Select(measured => (long)measured.Wire)];
        _wires = wires.SequenceEqual(Enumerable.Range(0, Qubits).Select(wire => (long)wire)) ? null : wires;
        RegisterComponents();
    }

    /// <summary>The wire whose angle each output is; null for one output a wire, in order.</summary>
    internal IReadOnlyList<long>? Wires => _wires;

    /// <inheritdoc />
    protected override Tensor Middle(Tensor angles) =>
        HalfTurns(_wires is null ? angles : angles.index_select(1, tensor(_wires, device: angles.device)));
}
