using Fovea.Models.Circuits;
using Fovea.Quantum.Ansaetze;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
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
        _coefficients = GroupLinear.Build(options, FeatureCount(Qubits), Outputs, hasBias: false);
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

/// <summary>
/// The control with a perceptron in the circuit's place: tanh(V·tanh(W·(angles/π) + b) + c) with qubits inputs, an output an observable and one
/// hidden layer, the same for all groups or each group's own. Inputs are angles in half turns, in (−1, 1), for which the default initial
/// values of linear layers are made; outputs lie in (−1, 1) as expectation values do.
/// </summary>
public sealed class PerceptronConvolution : AngleConvolution
{
    [ComponentName(Name = "hidden")] private readonly nn.Module<Tensor, Tensor> _hidden;
    [ComponentName(Name = "output")] private readonly nn.Module<Tensor, Tensor> _output;

    private PerceptronConvolution(int channels, QuantumOptions options, QuantumLayerKind kind, int hiddenWidth)
        : base(nameof(PerceptronConvolution), channels, options, kind)
    {
        HiddenWidth = hiddenWidth;
        _hidden = GroupLinear.Build(options, Qubits, hiddenWidth);
        _output = GroupLinear.Build(options, hiddenWidth, Outputs);
        RegisterComponents();
    }

    /// <summary>Units of the hidden layer.</summary>
    public int HiddenWidth { get; }

    /// <summary>
    /// As many parameters (a group's, where each has its own) as the circuit has weights and scales and shifts of uploads, as nearly as a hidden width gives.
    /// </summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">The circuit and the groups.</param>
    public static PerceptronConvolution Matched(int channels, QuantumOptions options) => new(
        channels, options, QuantumLayerKind.MatchedMlp, MatchedWidth(options.Circuit.Qubits, options.TrainedNumbers, options.Circuit.OutputCount));

    /// <summary>A hidden layer of as many units as there are qubits.</summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">Gives the qubits and the groups.</param>
    public static PerceptronConvolution Wide(int channels, QuantumOptions options) =>
        new(channels, options, QuantumLayerKind.WideMlp, options.Circuit.Qubits);

    /// <summary>Parameters of the perceptron, biases included: h·(qubits + outputs + 1) + outputs; null for as many outputs as qubits.</summary>
    public static int ParameterCount(int qubits, int hiddenWidth, int? outputs = null) =>
        (hiddenWidth * (qubits + (outputs ?? qubits) + 1)) + (outputs ?? qubits);

    /// <summary>The hidden width, at least 1, whose parameter count is nearest to a number of weights; the smaller of two equally near.</summary>
    public static int MatchedWidth(int qubits, int weightCount, int? outputs = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(qubits, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(weightCount);
        var others = outputs ?? qubits;
        var below = Math.Max(1, (weightCount - others) / (qubits + others + 1));
        int Miss(int width) => Math.Abs(ParameterCount(qubits, width, others) - weightCount);
        return Miss(below + 1) < Miss(below) ? below + 1 : below;
    }

    /// <inheritdoc />
    protected override Tensor Middle(Tensor angles) => _output.call(_hidden.call(HalfTurns(angles)).tanh()).tanh();
}

/// <summary>A linear map of each group's own: [groups · samples, inputs] → [groups · samples, outputs], the samples of a group one after the other.</summary>
internal sealed class GroupLinear : nn.Module<Tensor, Tensor>, ISeededModule
{
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter? _bias;

    private GroupLinear(long groups, long inputs, long outputs, bool hasBias) : base(nameof(GroupLinear))
    {
        _weight = nn.Parameter(zeros(groups, outputs, inputs));
        if (hasBias) _bias = nn.Parameter(zeros(groups, outputs));
        RegisterComponents();
    }

    /// <summary>One map for all groups, or one for each, by the options.</summary>
    internal static nn.Module<Tensor, Tensor> Build(QuantumOptions options, long inputs, long outputs, bool hasBias = true) =>
        options.Shared ? nn.Linear(inputs, outputs, hasBias) : new GroupLinear(options.Groups, inputs, outputs, hasBias);

    /// <inheritdoc />
    public override Tensor forward(Tensor input)
    {
        var (groups, outputs) = (_weight.shape[0], _weight.shape[1]);
        var values = bmm(input.view(groups, input.shape[0] / groups, input.shape[1]), _weight.transpose(1, 2));
        return (_bias is null ? values : values.Plus(_bias.unsqueeze(1))).reshape(input.shape[0], outputs);
    }

    /// <summary>Uniform in ±1/√inputs, as linear layers start.</summary>
    public void InitializeParameters(ParameterInitializer initializer)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        var bound = 1 / Math.Sqrt(_weight.shape[2]);
        initializer.Uniform(_weight, "weight", -bound, bound);
        if (_bias is not null) initializer.Uniform(_bias, "bias", -bound, bound);
    }
}
