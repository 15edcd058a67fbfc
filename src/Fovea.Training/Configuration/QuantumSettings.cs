using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Training.Configuration;

/// <summary>The <c>[quantum]</c> section of a configuration.</summary>
public static class QuantumSettings
{
    /// <summary>How far from 0 circuits' weights may start.</summary>
    public const string StartRangeKey = "quantum.start_range";

    /// <summary>Side of the projection to angles.</summary>
    internal const string ProjectionKey = "quantum.projection";

    /// <summary>Whether groups share the middle's parameters.</summary>
    internal const string SharedKey = "quantum.shared";

    /// <summary>What circuits measure.</summary>
    internal const string ObservablesKey = "quantum.observables";

    /// <summary>Whether uploads have scales and shifts.</summary>
    internal const string UploadScalesKey = "quantum.upload_scales";

    /// <summary>What those scales start at.</summary>
    public const string UploadScaleStartKey = "quantum.upload_scale_start";

    /// <summary>How a layer joins its block.</summary>
    internal const string JoinKey = "quantum.join";

    /// <summary>Share of the channels that go through the layer.</summary>
    internal const string PartKey = "quantum.part";

    /// <summary>What stands at the autoencoder's places.</summary>
    internal const string AutoencoderLayerKey = "quantum.autoencoder_layer";

    /// <summary>What stands at the denoiser's places.</summary>
    internal const string DenoiserLayerKey = "quantum.denoiser_layer";

    private static readonly string[] Joins = [.. Enum.GetNames<QuantumJoin>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] Encodings = [.. InputEncodings.OnePerWire.Select(InputEncodings.Name)]; // what a quantum convolution takes

    /// <summary>Reads the section but for the noise.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder that an ansatz's file starts from; empty for the working folder.</param>
    internal static QuantumOptions Read(SettingsReader settings, string folder)
    {
        var enabled = settings.Flag("quantum.enabled", true);
        var (circuit, ansatz) = ReadCircuit(settings, folder);
        var gates = circuit.BuildCircuit(ansatz);
        if (gates.WeightCount == 0) throw settings.Broken("quantum.ansatz", $"= \"{ansatz.Name}\" has no weights on {circuit.Qubits} qubits; nothing could be trained");
        var engine = ReadEngine(settings);
        if (enabled) RequireEngine(gates, engine, settings);
        var options = new QuantumOptions
        {
            Enabled = enabled,
            Circuit = circuit,
            Engine = engine,
            Groups = settings.WholeNumber("quantum.groups", 1, 1, 256),
            Shared = settings.Flag(SharedKey, true),
            UploadScales = settings.Flag(UploadScalesKey, false),
            UploadScaleStart = ReadScaleStart(settings),
            StartRange = settings.Real(StartRangeKey, Math.PI, 0, Math.PI),
            Projection = settings.WholeNumber(ProjectionKey, 1, 1, 3) is var side && side != 2 ? side : throw settings.Broken(ProjectionKey, "= 2 is not allowed; allowed: 1, 3"),
            Join = Enum.Parse<QuantumJoin>(settings.Text(JoinKey, "replace", Joins), ignoreCase: true),
            Part = settings.Real(PartKey, 0.5, 0.01, 0.99),
            Autoencoder = settings.Texts("quantum.autoencoder", ["encoder.middle", "decoder.middle"]),
            Denoiser = settings.Texts("quantum.denoiser", ["middle"]),
            AutoencoderLayer = ReadLayer(AutoencoderLayerKey, settings),
            DenoiserLayer = ReadLayer(DenoiserLayerKey, settings),
        };
        RequireFit(options, settings);
        RequireSeparable(options, gates, settings);
        return options;
    }

    private static (QuantumLayerSpec Circuit, Ansatz Ansatz) ReadCircuit(SettingsReader settings, string folder)
    {
        var (qubits, layers) = (settings.WholeNumber("quantum.qubits", 8, 1, Circuit.MaxWires), settings.WholeNumber("quantum.layers", 3, 1, QuantumLayerSpec.MaxLayers));
        var (ansatz, name, definition) = AnsatzSettings.Read(settings, folder);
        var (encoding, axes) = ReadEncoding(settings);
        var circuit = new QuantumLayerSpec
        {
            Qubits = qubits,
            Layers = layers,
            Ansatz = name,
            Definition = definition,
            Encoding = encoding,
            Axes = axes,
            Reupload = settings.Flag("quantum.reupload", false),
            Observables = settings.Text(ObservablesKey, "Z"),
        };
        if (circuit.Validate() is { Count: > 0 } problems) throw new InputException($"{settings.Source}: [quantum] {string.Join("; ", problems)}");
        return (circuit, ansatz);
    }

    // A setting that another one makes meaningless is not passed over in silence.
    private static void RequireFit(QuantumOptions options, SettingsReader settings)
    {
        if (options.UploadScales && options.Circuit.Encoding == InputEncoding.Iqp)
            throw settings.Broken(UploadScalesKey, "= true goes with rotations, not with quantum.encoding = \"iqp\"; allowed there: X, Y, Z, or axes by upload");
        if (!options.UploadScales && options.UploadScaleStart is not [1])
            throw settings.Broken(UploadScaleStartKey, $"= {SettingsText.Value(options.UploadScaleStart)} goes with {UploadScalesKey} = true, and that is false");
        if (options.Join != QuantumJoin.Part && options.Part != 0.5)
            throw settings.Broken(PartKey, $"= {SettingsText.Value(options.Part)} goes with {JoinKey} = \"part\", and that is {SettingsText.Value(options.Join.ToString().ToLowerInvariant())}");
    }

    /// <summary>
    /// What is to be said of places with fewer channels than angles (groups × qubits), or null. Runs of before may have them; with a later choice about the
    /// layer they are refused.
    /// </summary>
    public static string? DescribeWidth(RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var quantum = config.Quantum;
        var (angles, wide) = (quantum.Groups * quantum.Circuit.Qubits, WidthsOf(config).Where(place => place.Channels < quantum.Groups * quantum.Circuit.Qubits).ToArray());
        return !quantum.Enabled || wide.Length == 0 ? null
            : $"quantum.groups = {quantum.Groups} with quantum.qubits = {quantum.Circuit.Qubits} makes {angles} angles of fewer channels: "
                + string.Join(", ", wide.Select(place => $"{place.Channels} at {place.Place}"));
    }

    /// <summary>Refuses more angles than channels where a later choice is made.</summary>
    internal static void RequireWidth(RunConfig config, SettingsReader settings)
    {
        string[] later = [SharedKey, ObservablesKey, UploadScalesKey, JoinKey];
        var chosen = config.Settings.FirstOrDefault(setting => later.Contains(setting.Key) && !LaterSettings.IsAsBefore(setting));
        if (chosen.Key is not null && DescribeWidth(config) is { } width)
            throw new InputException($"{settings.Source}: {width}; with {chosen.Key} = {SettingsText.Value(chosen.Value)} at most as many as there are channels are allowed");
    }

    // A level is named by its number; middles have the channels of the last.
    private static IEnumerable<(string Place, int Channels)> WidthsOf(RunConfig config)
    {
        int Width(string place, IReadOnlyList<int> channels) =>
            config.Quantum.ChannelsOf(channels[int.TryParse(place.AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyz."), out var level) ? level - 1 : channels.Count - 1]);
        return config.Quantum.Autoencoder.Select(place => (place, Width(place, config.Autoencoder.Channels)))
            .Concat(config.Quantum.Denoiser.Select(place => (place, Width(place, config.Denoiser.Channels))));
    }

    /// <summary>Reads <c>[quantum.noise]</c>.</summary>
    internal static QuantumNoiseOptions ReadNoise(SettingsReader settings)
    {
        var noise = new QuantumNoiseOptions
        {
            Profile = settings.Text("quantum.noise.profile", "") is { Length: > 0 } profile ? profile : null,
            Scale = settings.Real("quantum.noise.scale", 1, 0, 1000),
            Start = settings.Real("quantum.noise.start", 0, 0, 1),
            Stop = settings.Real("quantum.noise.stop", 1, 0, 1),
            Every = settings.WholeNumber("quantum.noise.every", 1, 1, RunConfigReader.MostSteps),
        };
        if (noise.Stop <= noise.Start)
            throw settings.Broken("quantum.noise.stop", $"= {noise.Stop} is not above quantum.noise.start = {noise.Start}");
        return noise;
    }

    /// <summary>
    /// Noise acts on circuits: where only controls without one stand at the places, it would be asked for and do nothing. The
    /// classical twin of a run with noise stays allowed, since one switch makes it.
    /// </summary>
    internal static void RequireNoisyLayer(RunConfig config, SettingsReader settings)
    {
        if (config.Noise.Profile is not { } profile || !config.Quantum.Enabled) return;
        var layers = LayersOf(config.Quantum).ToArray();
        if (layers.Length == 0 || layers.Any(layer => layer.Kind.RunsCircuit())) return;
        var found = string.Join(", ", layers.Select(layer => $"{layer.Key} = {SettingsText.Value(layer.Kind.Name())}"));
        var allowed = string.Join(", ", QuantumLayerKinds.Names.Where(name => QuantumLayerKinds.Parse(name).RunsCircuit()));
        throw settings.Broken("quantum.noise.profile", $"= {SettingsText.Value(profile)} needs a layer that runs a circuit, and there is none with {found}; allowed in one of them: {allowed}");
    }

    /// <summary>The kinds at the places that are named, with the settings that say so.</summary>
    internal static IEnumerable<(string Key, QuantumLayerKind Kind)> LayersOf(QuantumOptions quantum)
    {
        if (quantum.Autoencoder.Count > 0) yield return (AutoencoderLayerKey, quantum.AutoencoderLayer);
        if (quantum.Denoiser.Count > 0) yield return (DenoiserLayerKey, quantum.DenoiserLayer);
    }

    // A word of several axes names those of the uploads in turn.
    private static (InputEncoding Encoding, string Axes) ReadEncoding(SettingsReader settings)
    {
        const string Key = "quantum.encoding";
        var axes = settings.OptionalText(Key) is { Length: > 1 } word && word.All("XYZ".Contains) ? settings.Text(Key, "Y") : "";
        return (Enum.Parse<InputEncoding>(axes.Length > 0 ? axes[..1] : settings.Text(Key, "Y", Encodings), ignoreCase: true), axes);
    }

    private static IReadOnlyList<double> ReadScaleStart(SettingsReader settings)
    {
        var start = settings.Reals(UploadScaleStartKey, [1], 0, 100);
        return start.Count is 0 or > QuantumLayerSpec.MaxLayers || start.Contains(0)
            ? throw settings.Broken(UploadScaleStartKey, $"= {SettingsText.Value(start)} is not allowed; allowed: a list of 1 to {QuantumLayerSpec.MaxLayers} numbers above 0, up to 100")
            : start;
    }

    private static void RequireSeparable(QuantumOptions quantum, Circuit gates, SettingsReader settings)
    {
        if (LayersOf(quantum).FirstOrDefault(layer => layer.Kind == QuantumLayerKind.Separable) is { Key: { } key } && SeparableTwin.Problem(gates) is { } problem)
        {
            throw settings.Broken(key, $"= \"separable\" is not possible with quantum.ansatz = {SettingsText.Value(quantum.Circuit.Ansatz)} and quantum.encoding = "
                + $"{SettingsText.Value(quantum.Circuit.Encoding.Name())}: {problem}; allowed: an ansatz whose gates of several wires have no weights, encodings X, Y, Z");
        }
    }

    private static QuantumLayerKind ReadLayer(string key, SettingsReader settings) =>
        QuantumLayerKinds.Parse(settings.Text(key, QuantumLayerKind.Circuit.Name(), QuantumLayerKinds.Names));

    private static EngineKind? ReadEngine(SettingsReader settings)
    {
        var kinds = Enum.GetValues<EngineKind>().ToDictionary(EngineNames.Of, kind => (EngineKind?)kind);
        kinds.Add("auto", null);
        return kinds[settings.Text("quantum.engine", "auto", [.. kinds.Keys])];
    }

    private static void RequireEngine(Circuit circuit, EngineKind? engine, SettingsReader settings)
    {
        try
        {
            new EnginePlanner().Plan(circuit, engine);
        }
        catch (NotSupportedException e)
        {
            throw settings.Broken("quantum.qubits", $"= {circuit.WireCount}: {e.Message}");
        }
    }
}

/// <summary>
/// The ansatz of a configuration: a name, a file of the user's, or the text of one. A file becomes its name and its text, so that
/// the configuration a run keeps does not depend on the file.
/// </summary>
internal static class AnsatzSettings
{
    private const string NameKey = "quantum.ansatz";
    private const string Fallback = "ese2-recon";

    /// <summary>The text of the user's own ansatz.</summary>
    internal const string DefinitionKey = "quantum.ansatz_definition";

    /// <summary>Reads both settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder that a file's path starts from; empty for the working folder.</param>
    /// <returns>The ansatz, the name it is called by, and its text where the library does not have it.</returns>
    /// <exception cref="InputException">The ansatz is unknown, breaks a rule, or is an exhibit.</exception>
    internal static (Ansatz Ansatz, string Name, string? Definition) Read(SettingsReader settings, string folder)
    {
        var definition = settings.OptionalText(DefinitionKey) is { Length: > 0 } text
            ? AnsatzDefinition.Parse(text, $"{settings.Source}: {DefinitionKey}")
            : null;
        var name = settings.Text(NameKey, definition?.Name ?? Fallback);
        var ansatz = definition is not null ? Declared(definition, name, settings) : Named(name, settings, folder);
        if (ansatz.Status == AnsatzStatus.Exhibit)
            throw settings.Broken(NameKey, $"= {SettingsText.Value(name)} is an exhibit, a circuit with a fault, and cannot be trained; allowed: {Allowed}");
        if (AnsatzRegistry.Find(name) == ansatz)
            return (ansatz, name, null);
        settings.Record(NameKey, ansatz.Name);
        if (AnsatzRegistry.All.Contains(ansatz))
            return (ansatz, ansatz.Name, null);
        settings.Record(DefinitionKey, ansatz.Source);
        return (ansatz, ansatz.Name, ansatz.Source);
    }

    private static string Allowed => $"{string.Join(", ", AnsatzRegistry.NamesAndAliases)}, a {AnsatzFile.Extension} file";

    private static Ansatz Declared(Ansatz ansatz, string name, SettingsReader settings) =>
        ansatz.Aliases.Prepend(ansatz.Name).Contains(name)
            ? ansatz
            : throw settings.Broken(NameKey, $"= {SettingsText.Value(name)} is not what {DefinitionKey} declares; allowed: {ansatz.Name}, or {DefinitionKey} left out");

    private static Ansatz Named(string name, SettingsReader settings, string folder)
    {
        if (AnsatzRegistry.NamesAndAliases.Contains(name))
            return AnsatzRegistry.Get(name);
        if (AnsatzRegistry.FindExhibit(name) is { } exhibit)
            return exhibit;
        // What the command line sets is meant from where the command is given.
        var path = settings.IsOverridden(NameKey) ? name : Path.Combine(folder, name);
        return AnsatzFile.IsMeantBy(path)
            ? AnsatzFile.Load(path)
            : throw settings.Broken(NameKey, $"= {SettingsText.Value(name)} is not allowed; allowed: {Allowed}{NearestName.Hint(name, AnsatzRegistry.NamesAndAliases)}");
    }
}
