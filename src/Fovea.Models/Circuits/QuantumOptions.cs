using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Models.Circuits;

/// <summary>
/// The <c>[quantum]</c> section of a configuration: which circuit stands in a quantum residual block and where such blocks are.
/// The classical twin of a model is the same options with <see cref="Enabled"/> false, and differs in nothing else.
/// </summary>
public sealed record QuantumOptions
{
    /// <summary>The one switch between a model and its classical twin.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The circuit: qubits, layers, ansatz, encoding, re-uploading.</summary>
    public QuantumLayerSpec Circuit { get; init; } = new();

    /// <summary>The only engine that may compute the circuit; null for the cheapest by plan.</summary>
    public EngineKind? Engine { get; init; }

    /// <summary>Circuits at each spatial position.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether all groups share the circuit's weights (or a control's parameters) instead of having their own.</summary>
    public bool Shared { get; init; } = true;

    /// <summary>Sets of middle parameters that a layer has: one, or one a group.</summary>
    public int Middles => Shared ? 1 : Groups;

    /// <summary>
    /// Circuit weights start uniform in [−range, range] radians, 0 to π. π stands for all angles and draws them from [0, 2π).
    /// </summary>
    public double StartRange { get; init; } = Math.PI;

    /// <summary>
    /// Whether each upload has a trainable scale and shift for each wire, by which angles enter the circuit as scale · angle + shift. A control without a
    /// circuit has no uploads and takes the angles as they are.
    /// </summary>
    public bool UploadScales { get; init; }

    /// <summary>What those scales start at, positive: one number an upload, in turn.</summary>
    public IReadOnlyList<double> UploadScaleStart { get; init; } = [1];

    /// <summary>Trained numbers of one circuit: its weights, and the scales and shifts of its uploads.</summary>
    public int TrainedNumbers => Circuit.BuildCircuit().WeightCount + (UploadScales ? 2 * Circuit.Uploads * Circuit.Qubits : 0);

    /// <summary>Side of the window of the projection to angles: 1 for the channels of the position alone, 3 for its neighbours too.</summary>
    public int Projection { get; init; } = 1;

    /// <summary>How a layer joins its block.</summary>
    public QuantumJoin Join { get; init; } = QuantumJoin.Replace;

    /// <summary>Share of the channels that go through the layer with <see cref="QuantumJoin.Part"/>, above 0 and below 1.</summary>
    public double Part { get; init; } = 0.5;

    /// <summary>Of a place's channels (2 or more), those that go through the layer: with <see cref="QuantumJoin.Part"/> at least 1, and 1 is left.</summary>
    public int ChannelsOf(int channels) => Join == QuantumJoin.Part ? Math.Clamp((int)Math.Round(Part * channels), 1, channels - 1) : channels;

    /// <summary>The options of a layer of so many channels: a mixer has as many groups as its channels make.</summary>
    /// <exception cref="InputException">The qubits do not divide a mixer's channels.</exception>
    public QuantumOptions At(int channels) => Join != QuantumJoin.Mixer ? this
        : channels % Circuit.Qubits == 0 ? this with { Groups = channels / Circuit.Qubits }
        : throw new InputException(
            $"quantum.join = \"mixer\" needs channels in groups of quantum.qubits = {Circuit.Qubits}, and a place has {channels}; allowed: qubits that "
                + "divide the channels of every place");

    /// <summary>Places in the autoencoder: <c>encoder.levelN</c>, <c>encoder.middle</c>, <c>decoder.middle</c>, <c>decoder.levelN</c>.</summary>
    public IReadOnlyList<string> Autoencoder { get; init; } = ["encoder.middle", "decoder.middle"];

    /// <summary>Places in the denoiser: <c>downN</c>, <c>middle</c>, <c>upN</c>.</summary>
    public IReadOnlyList<string> Denoiser { get; init; } = ["middle"];

    /// <summary>What stands at the places of <see cref="Autoencoder"/>: the circuit, or a control that isolates it.</summary>
    public QuantumLayerKind AutoencoderLayer { get; init; } = QuantumLayerKind.Circuit;

    /// <summary>What stands at the places of <see cref="Denoiser"/>.</summary>
    public QuantumLayerKind DenoiserLayer { get; init; } = QuantumLayerKind.Circuit;

    /// <summary>The gates of a layer that runs a circuit: those of <see cref="Circuit"/>, or of its separable twin.</summary>
    /// <exception cref="InputException">The settings are invalid, or there is no separable twin; one line.</exception>
    public Circuit BuildCircuit(QuantumLayerKind kind)
    {
        var gates = (Circuit with { OwnInputs = UploadScales }).BuildCircuit();
        if (kind != QuantumLayerKind.Separable) return gates;
        return SeparableTwin.Problem(gates) is { } problem
            ? throw new InputException($"a separable layer is not possible with ansatz {Circuit.Ansatz} and encoding {Circuit.Encoding.Name()}: {problem}; "
                + "allowed: an ansatz whose gates of several wires have no weights, encodings X, Y, Z")
            : SeparableTwin.Build(gates);
    }
}

/// <summary>
/// What stands between the projections of an <see cref="AngleConvolution"/>: the circuit, or a control that takes only the circuit
/// away and leaves the rest of the layer, its start values included.
/// </summary>
public enum QuantumLayerKind
{
    /// <summary>The circuit, whose weights are trained.</summary>
    Circuit,

    /// <summary>The circuit, whose random weights stay as they start.</summary>
    Frozen,

    /// <summary>A perceptron with as nearly as many parameters as the circuit has weights.</summary>
    MatchedMlp,

    /// <summary>A perceptron whose hidden layer is as wide as the circuit.</summary>
    WideMlp,

    /// <summary>A linear map of the angles' trigonometric products over at most two wires.</summary>
    Trigonometric,

    /// <summary>The angles themselves.</summary>
    Identity,

    /// <summary>The circuit without its entangling gates, whose weights are trained.</summary>
    Separable,
}

/// <summary>How a quantum layer joins the residual block at its place.</summary>
public enum QuantumJoin
{
    /// <summary>In place of the second convolution.</summary>
    Replace,

    /// <summary>Beside it, added with a learned gate that starts at zero.</summary>
    Gated,

    /// <summary>In its place on a part of the channels, with a convolution on the others.</summary>
    Part,

    /// <summary>
    /// In its place as a depthwise-separable convolution whose mixing of channels is the circuit: an angle for each channel, taken from that channel alone, and
    /// as many groups as the channels make. Nothing but the circuit brings channels together.
    /// </summary>
    Mixer,
}

/// <summary>The rule for the settings that name quantum places.</summary>
public static class QuantumPlaces
{
    /// <summary>Throws <see cref="InputException"/> for the first named place that the network does not have.</summary>
    /// <param name="setting">The setting, for the message.</param>
    /// <param name="named">The places that the setting names.</param>
    /// <param name="existing">The places of the network.</param>
    public static void RequireExisting(string setting, IReadOnlyList<string> named, IReadOnlyList<string> existing)
    {
        foreach (var place in named.Except(existing))
        {
            throw new InputException(
                $"{setting}: '{place}' is not a place in this network; allowed: {string.Join(", ", existing)}{NearestName.Hint(place, existing)}");
        }
    }
}
