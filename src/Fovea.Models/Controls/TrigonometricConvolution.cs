using Fovea.Models.Circuits;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Controls;

/// <summary>
/// The control with a linear map of trigonometric features in the circuit's place. The expectation values of a circuit into which each
/// angle enters by one rotation are trigonometric polynomials: linear in the products over the wires of 1, cos or sin of the wire's
/// angle (Schuld, Sweke, Meyer, "Effect of data encoding on the expressive power of variational quantum-machine-learning models",
/// Phys. Rev. A 103, 032430, 2021). This layer has the products over at most two wires, with coefficients that nothing ties to one
/// another: on one or two wires all that such a circuit can compute and more, on more wires the part of order two.
/// </summary>
public sealed class TrigonometricConvolution : AngleConvolution
{
    [ComponentName(Name = "coefficients")] private readonly nn.Module<Tensor, Tensor> _coefficients;

    /// <summary>Builds the layer.</summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">Gives the qubits and the groups.</param>
    public TrigonometricConvolution(int channels, QuantumOptions options)
        : base(nameof(TrigonometricConvolution), channels, options, QuantumLayerKind.Trigonometric)
    {
        _coefficients = GroupLinear.Of(options, FeatureCount(Qubits), Outputs, hasBias: false);
        RegisterComponents();
    }

    /// <summary>Features of a sample: 1, 2·qubits of one wire, 4 for each pair of wires; 1 + 2·qubits² in all.</summary>
    public static int FeatureCount(int qubits) => 1 + (2 * qubits * qubits);

    /// <summary>
    /// The features, [samples, <see cref="FeatureCount"/>]: 1; the cosines of all wires; their sines; then for each distance d = 1 …
    /// qubits − 1 the products cos·cos, cos·sin, sin·cos, sin·sin of wires i and i + d, each for i = 0 … qubits − 1 − d.
    /// </summary>
    /// <param name="angles">[samples, qubits].</param>
    internal static Tensor Features(Tensor angles)
    {
        var (samples, qubits) = (angles.shape[0], angles.shape[1]);
        var waves = stack([angles.cos(), angles.sin()], 1);
        List<Tensor> features = [ones(samples, 1, angles.dtype, angles.device), waves.reshape(samples, 2 * qubits)];
        for (var distance = 1; distance < qubits; distance++)
        {
            var first = waves.narrow(2, 0, qubits - distance).unsqueeze(2);
            var second = waves.narrow(2, distance, qubits - distance).unsqueeze(1);
            features.Add(first.mul(second).reshape(samples, 4 * (qubits - distance)));
        }

        return cat(features, 1);
    }

    /// <inheritdoc />
    protected override Tensor Middle(Tensor angles) => _coefficients.call(Features(angles));
}
