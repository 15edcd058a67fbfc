using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Training.Configuration;

/// <summary>The section <c>[quantum]</c>.</summary>
internal static class CircuitSettings
{
    /// <summary>The name that leaves the engine to the planner.</summary>
    public const string AutomaticEngine = "auto";

    private const Affects Shape = Affects.Shapes | Affects.OnlyWithCircuits;
    private const Affects AutoencoderShape = Affects.AutoencoderShape | Affects.OnlyWithCircuits;
    private const Affects DenoiserShape = Affects.DenoiserShape | Affects.OnlyWithCircuits;
    private const Affects Training = Affects.Trainings | Affects.OnlyWithCircuits;

    /// <summary>What a quantum convolution takes.</summary>
    public static readonly IReadOnlyList<string> Encodings = [.. InputEncodings.OnePerWire.Select(InputEncodings.Name)];

    public static readonly Setting<bool> Enabled = Setting.Flag(
        "quantum.enabled", true, Shape, "false makes the classical twin: convolutions stand at all places");
    public static readonly Setting<int> Qubits = Setting.WholeNumber(
        "quantum.qubits", 8, 1, Circuit.MaxWires, Shape, "wires of a circuit, and angles that it takes");
    public static readonly Setting<int> Layers = Setting.WholeNumber("quantum.layers", 3, 1, QuantumLayerSpec.MaxLayers, Shape, "repetitions of the ansatz");
    public static readonly Setting<string> Ansatz = Setting.Text(
        "quantum.ansatz", "ese2-recon", $"a name of fovea ansatz list, a {AnsatzFile.Extension} file", Shape, "the trained gates");
    public static readonly Setting<string> AnsatzDefinition = Setting.Document(
        "quantum.ansatz_definition", "an ansatz file's text", Shape, "an ansatz inside the configuration; a run writes it for an ansatz of your own");
    public static readonly Setting<string> Encoding = Setting.Text(
        "quantum.encoding", "Y", $"{string.Join(", ", Encodings)}, axes by upload (YZX)", Shape, "how angles enter: a rotation a wire, or IQP");
    public static readonly Setting<bool> Reupload = Setting.Flag("quantum.reupload", false, Shape, "encode again before every layer");
    public static readonly Setting<string> Observables = Setting.Text(
        "quantum.observables", "Z", "X, Y, Z, XX, YY, ZZ, XX:all, …, joined by +", Shape, "what is measured on each wire or pair of wires", before: "Z");
    public static readonly Setting<bool> ReadoutRotation = Setting.Flag(
        "quantum.readout_rotation", false, Shape, "a trainable rotation of each wire before what is measured", before: false);

    // Every engine computes the same function: weights trained with one serve another.
    public static readonly Setting<string> Engine = Setting.Name(
        "quantum.engine", AutomaticEngine, [.. Enum.GetValues<EngineKind>().Select(EngineNames.Of), AutomaticEngine], Training, "how circuits are computed");
    public static readonly Setting<int> Groups = Setting.WholeNumber("quantum.groups", 1, 1, 256, Shape, "circuits at each position");
    public static readonly Setting<bool> Shared = Setting.Flag(
        "quantum.shared", true, Shape, "whether all groups share the circuit's weights, or each has its own", before: true);
    public static readonly Setting<bool> UploadScales = Setting.Flag(
        "quantum.upload_scales", false, Shape, "a trainable scale and shift for each upload and wire", before: false);
    public static readonly Setting<IReadOnlyList<double>> UploadScaleStart = Setting.Reals(
        "quantum.upload_scale_start", [1], 100, Training, "what these scales start at: one number an upload, in turn", before: [1]);
    public static readonly Setting<double> StartRange = Setting.Real(
        "quantum.start_range", Math.PI, 0, Math.PI, Training, "circuits' weights start uniform in ± this (radians); the default stands for all angles",
        before: Math.PI);
    public static readonly Setting<int> Projection = Setting.WholeNumber(
        "quantum.projection", 1, 1, 3, Shape, "side of the window whose channels are projected to the angles of a position", but: 2, before: 1);
    public static readonly Setting<string> Join = Setting.Name(
        "quantum.join", "replace", [.. Enum.GetNames<QuantumJoin>().Select(name => name.ToLowerInvariant())], Shape, "how a layer joins its block",
        before: "replace");
    public static readonly Setting<double> Part = Setting.Real("quantum.part", 0.5, 0.01, 0.99, Shape, "that part, with join = part", before: 0.5);
    public static readonly Setting<IReadOnlyList<string>> Autoencoder = Setting.Texts(
        "quantum.autoencoder", ["encoder.middle", "decoder.middle"], "encoder.levelN, encoder.middle, decoder.middle, decoder.levelN", AutoencoderShape,
        "residual blocks of the autoencoder with a quantum layer");
    public static readonly Setting<IReadOnlyList<string>> Denoiser = Setting.Texts(
        "quantum.denoiser", ["middle"], "downN, middle, upN", DenoiserShape, "residual blocks of the denoiser with one");

    // Autoencoders that were stored before there were controls say nothing about it; fingerprints of cells do.
    public static readonly Setting<string> AutoencoderLayer = Setting.Name(
        "quantum.autoencoder_layer", QuantumLayerKind.Circuit.Name(), QuantumLayerKinds.Names, AutoencoderShape, "what stands there: the circuit or a control",
        unnamed: QuantumLayerKind.Circuit.Name());
    public static readonly Setting<string> DenoiserLayer = Setting.Name(
        "quantum.denoiser_layer", QuantumLayerKind.Circuit.Name(), QuantumLayerKinds.Names, DenoiserShape, "the same for the denoiser");

    public static readonly IReadOnlyList<Setting> All =
    [
        Enabled, Qubits, Layers, Ansatz, AnsatzDefinition, Encoding, Reupload, Observables, ReadoutRotation, Engine, Groups, Shared, UploadScales,
        UploadScaleStart, StartRange, Projection, Join, Part, Autoencoder, Denoiser, AutoencoderLayer, DenoiserLayer,
    ];
}

/// <summary>The section <c>[quantum.noise]</c>.</summary>
internal static class NoiseSettings
{
    private const Affects Training = Affects.Trainings | Affects.OnlyWithCircuits;

    public static readonly Setting<string> Profile = Setting.Text(
        "quantum.noise.profile", "", "a device's name or file", Training, "train under this device's noise");
    public static readonly Setting<double> Scale = Setting.Real("quantum.noise.scale", 1, 0, 1000, Training, "factor on the noise");
    public static readonly Setting<double> Start = Setting.Real(
        "quantum.noise.start", 0, 0, 1, Training, "share of a stage's steps after which noise goes on");
    public static readonly Setting<double> Stop = Setting.Real("quantum.noise.stop", 1, 0, 1, Training, "share after which it goes off");
    public static readonly Setting<int> Every = Setting.WholeNumber(
        "quantum.noise.every", 1, 1, Setting.MostSteps, Training, "noise in one of so many steps");

    public static readonly IReadOnlyList<Setting> All = [Profile, Scale, Start, Stop, Every];
}
