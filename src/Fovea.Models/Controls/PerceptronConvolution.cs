using Fovea.Models.Circuits;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Controls;

/// <summary>
/// The control with a perceptron in the circuit's place: tanh(V·tanh(W·(angles/π) + b) + c) with qubits inputs and outputs and one
/// hidden layer. Inputs are angles in half turns, in (−1, 1), for which the default initial values of linear layers are made; outputs
/// lie in (−1, 1) as expectation values do.
/// </summary>
public sealed class PerceptronConvolution : AngleConvolution
{
    [ComponentName(Name = "hidden")] private readonly Linear _hidden;
    [ComponentName(Name = "output")] private readonly Linear _output;

    private PerceptronConvolution(int channels, QuantumOptions options, QuantumLayerKind kind, int hiddenWidth)
        : base(nameof(PerceptronConvolution), channels, options, kind)
    {
        HiddenWidth = hiddenWidth;
        _hidden = nn.Linear(Qubits, hiddenWidth);
        _output = nn.Linear(hiddenWidth, Qubits);
        RegisterComponents();
    }

    /// <summary>Units of the hidden layer.</summary>
    public int HiddenWidth { get; }

    /// <summary>As many parameters as the circuit has weights, as nearly as a hidden width gives.</summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">The circuit and the groups.</param>
    public static PerceptronConvolution Matched(int channels, QuantumOptions options) => new(
        channels, options, QuantumLayerKind.MatchedMlp, MatchedWidth(options.Circuit.Qubits, options.Circuit.BuildCircuit().WeightCount));

    /// <summary>A hidden layer of as many units as there are qubits.</summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">Gives the qubits and the groups.</param>
    public static PerceptronConvolution Wide(int channels, QuantumOptions options) =>
        new(channels, options, QuantumLayerKind.WideMlp, options.Circuit.Qubits);

    /// <summary>Parameters of the perceptron, biases included: h·(2·qubits + 1) + qubits.</summary>
    public static int ParameterCount(int qubits, int hiddenWidth) => (hiddenWidth * ((2 * qubits) + 1)) + qubits;

    /// <summary>The hidden width, at least 1, whose parameter count is nearest to a number of weights; the smaller of two equally near.</summary>
    public static int MatchedWidth(int qubits, int weightCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(qubits, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(weightCount);
        var below = Math.Max(1, (weightCount - qubits) / ((2 * qubits) + 1));
        int Miss(int width) => Math.Abs(ParameterCount(qubits, width) - weightCount);
        return Miss(below + 1) < Miss(below) ? below + 1 : below;
    }

    /// <inheritdoc />
    protected override Tensor Middle(Tensor angles) => _output.call(_hidden.call(HalfTurns(angles)).tanh()).tanh();
}
