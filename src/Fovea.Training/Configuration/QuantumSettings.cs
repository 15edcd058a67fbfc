using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Training.Configuration;

/// <summary>Reads the section <c>[quantum]</c>, whose settings <see cref="CircuitSettings"/> declares, and checks the rules between them.</summary>
public static class QuantumSettings
{
    /// <summary>Reads the section but for the noise.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder that an ansatz's file starts from; empty for the working folder.</param>
    internal static QuantumOptions Read(SettingsReader settings, string folder)
    {
        var enabled = CircuitSettings.Enabled.Read(settings);
        var (circuit, ansatz) = ReadCircuit(settings, folder);
        var gates = circuit.BuildCircuit(ansatz);
        if (gates.WeightCount == 0)
            throw settings.Broken(CircuitSettings.Ansatz.Key, $"= \"{ansatz.Name}\" has no weights on {circuit.Qubits} qubits; nothing could be trained");
        var engine = ReadEngine(settings);
        if (enabled) RequireEngine(gates, engine, settings);
        var options = new QuantumOptions
        {
            Enabled = enabled,
            Circuit = circuit,
            Engine = engine,
            Groups = CircuitSettings.Groups.Read(settings),
            Shared = CircuitSettings.Shared.Read(settings),
            UploadScales = CircuitSettings.UploadScales.Read(settings),
            UploadScaleStart = ReadScaleStart(settings),
            StartRange = CircuitSettings.StartRange.Read(settings),
            Projection = CircuitSettings.Projection.Read(settings),
            Join = Enum.Parse<QuantumJoin>(CircuitSettings.Join.Read(settings), ignoreCase: true),
            Part = CircuitSettings.Part.Read(settings),
            Autoencoder = CircuitSettings.Autoencoder.Read(settings),
            Denoiser = CircuitSettings.Denoiser.Read(settings),
            AutoencoderLayer = QuantumLayerKinds.Parse(CircuitSettings.AutoencoderLayer.Read(settings)),
            DenoiserLayer = QuantumLayerKinds.Parse(CircuitSettings.DenoiserLayer.Read(settings)),
        };
        RequireFit(options, settings);
        RequireSeparable(options, gates, settings);
        return options;
    }

    private static (QuantumLayerSpec Circuit, Ansatz Ansatz) ReadCircuit(SettingsReader settings, string folder)
    {
        var (qubits, layers) = (CircuitSettings.Qubits.Read(settings), CircuitSettings.Layers.Read(settings));
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
            Reupload = CircuitSettings.Reupload.Read(settings),
            Observables = CircuitSettings.Observables.Read(settings),
            ReadoutRotation = CircuitSettings.ReadoutRotation.Read(settings),
        };
        if (circuit.Validate() is { Count: > 0 } problems) throw new InputException($"{settings.Source}: [quantum] {string.Join("; ", problems)}");
        return (circuit, ansatz);
    }

    // A setting that another one makes meaningless is not passed over in silence.
    private static void RequireFit(QuantumOptions options, SettingsReader settings)
    {
        if (options.UploadScales && options.Circuit.Encoding == InputEncoding.Iqp)
        {
            throw settings.Broken(
                CircuitSettings.UploadScales.Key, "= true goes with rotations, not with quantum.encoding = \"iqp\"; allowed there: X, Y, Z, or axes by upload");
        }

        if (!options.UploadScales && options.UploadScaleStart is not [1])
        {
            throw settings.Broken(
                CircuitSettings.UploadScaleStart.Key,
                $"= {SettingsText.Value(options.UploadScaleStart)} goes with {CircuitSettings.UploadScales.Key} = true, and that is false");
        }

        if (options.Join != QuantumJoin.Part && options.Part != 0.5)
        {
            throw settings.Broken(
                CircuitSettings.Part.Key,
                $"= {SettingsText.Value(options.Part)} goes with {CircuitSettings.Join.Key} = \"part\", "
                    + $"and that is {SettingsText.Value(options.Join.ToString().ToLowerInvariant())}");
        }
    }

    /// <summary>Refuses what a mixer cannot have.</summary>
    internal static void RequireMixer(RunConfig config, SettingsReader settings)
    {
        var quantum = config.Quantum;
        if (quantum is not { Enabled: true, Join: QuantumJoin.Mixer }) return;
        var (key, mixer) = (CircuitSettings.Groups.Key, $"{CircuitSettings.Join.Key} = \"mixer\"");
        if (quantum.Groups != 1)
            throw settings.Broken(key, $"= {quantum.Groups} does not go with {mixer}, which has as many groups as channels make; allowed: 1, the default");
        if (quantum.Circuit.Observables.Split('+').FirstOrDefault(word => word.Length > 1) is { } pair)
        {
            throw settings.Broken(
                CircuitSettings.Observables.Key,
                $"= \"{quantum.Circuit.Observables}\" has {pair}, and with {mixer} each channel has its own wire; "
                    + $"allowed: X, Y, Z, joined by +");
        }

        foreach (var (place, channels) in WidthsOf(config))
        {
            if (channels % quantum.Circuit.Qubits != 0)
            {
                throw settings.Broken(
                    CircuitSettings.Qubits.Key,
                    $"= {quantum.Circuit.Qubits} does not divide the {channels} channels at {place}; "
                        + $"with {mixer} allowed: divisors of the channels of every place");
            }
        }
    }

    /// <summary>
    /// What is to be said of places with fewer channels than angles (groups × qubits), or null. Runs of before may have them; with a later choice about the
    /// layer they are refused.
    /// </summary>
    public static string? DescribeWidth(RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var quantum = config.Quantum;
        var (angles, wide) = (
            quantum.Groups * quantum.Circuit.Qubits, WidthsOf(config).Where(place => place.Channels < quantum.Groups * quantum.Circuit.Qubits).ToArray());
        return !quantum.Enabled || wide.Length == 0 ? null
            : $"quantum.groups = {quantum.Groups} with quantum.qubits = {quantum.Circuit.Qubits} makes {angles} angles of fewer channels: "
                + string.Join(", ", wide.Select(place => $"{place.Channels} at {place.Place}"));
    }

    /// <summary>Refuses more angles than channels where a later choice is made.</summary>
    internal static void RequireWidth(RunConfig config, SettingsReader settings)
    {
        Setting[] later = [CircuitSettings.Shared, CircuitSettings.Observables, CircuitSettings.UploadScales, CircuitSettings.Join];
        var chosen = config.Settings.FirstOrDefault(setting => later.Any(declared => declared.Key == setting.Key && !declared.IsAsBefore(setting.Value)));
        if (chosen.Key is not null && DescribeWidth(config) is { } width)
        {
            throw new InputException(
                $"{settings.Source}: {width}; with {chosen.Key} = {SettingsText.Value(chosen.Value)} at most as many as there are channels are allowed");
        }
    }

    // A level is named by its number; middles have the channels of the last.
    private static IEnumerable<(string Place, int Channels)> WidthsOf(RunConfig config)
    {
        int Width(string place, IReadOnlyList<int> channels) =>
            config.Quantum.ChannelsOf(
                channels[int.TryParse(place.AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyz."), out var level) ? level - 1 : channels.Count - 1]);
        return config.Quantum.Autoencoder.Select(place => (place, Width(place, config.Autoencoder.Channels)))
            .Concat(config.Quantum.Denoiser.Select(place => (place, Width(place, config.Denoiser.Channels))));
    }

    /// <summary>Reads <c>[quantum.noise]</c>.</summary>
    internal static QuantumNoiseOptions ReadNoise(SettingsReader settings)
    {
        var noise = new QuantumNoiseOptions
        {
            Profile = NoiseSettings.Profile.Read(settings) is { Length: > 0 } profile ? profile : null,
            Scale = NoiseSettings.Scale.Read(settings),
            Start = NoiseSettings.Start.Read(settings),
            Stop = NoiseSettings.Stop.Read(settings),
            Every = NoiseSettings.Every.Read(settings),
        };
        if (noise.Stop <= noise.Start)
            throw settings.Broken(NoiseSettings.Stop.Key, $"= {noise.Stop} is not above quantum.noise.start = {noise.Start}");
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
        throw settings.Broken(
            NoiseSettings.Profile.Key,
            $"= {SettingsText.Value(profile)} needs a layer that runs a circuit, and there is none with {found}; "
                + $"allowed in one of them: {allowed}");
    }

    /// <summary>The kinds at the places that are named, with the settings that say so.</summary>
    internal static IEnumerable<(string Key, QuantumLayerKind Kind)> LayersOf(QuantumOptions quantum)
    {
        if (quantum.Autoencoder.Count > 0) yield return (CircuitSettings.AutoencoderLayer.Key, quantum.AutoencoderLayer);
        if (quantum.Denoiser.Count > 0) yield return (CircuitSettings.DenoiserLayer.Key, quantum.DenoiserLayer);
    }

    // A word of several axes names those of the uploads in turn.
    private static (InputEncoding Encoding, string Axes) ReadEncoding(SettingsReader settings)
    {
        var declared = CircuitSettings.Encoding;
        var axes = settings.OptionalText(declared.Key) is { Length: > 1 } word && word.All("XYZ".Contains) ? declared.Read(settings) : "";
        return (
            Enum.Parse<InputEncoding>(
                axes.Length > 0 ? axes[..1] : settings.Text(declared.Key, declared.Default, CircuitSettings.Encodings),
                ignoreCase: true),
            axes);
    }

    private static IReadOnlyList<double> ReadScaleStart(SettingsReader settings)
    {
        var start = CircuitSettings.UploadScaleStart.Read(settings);
        return start.Count is 0 or > QuantumLayerSpec.MaxLayers || start.Contains(0)
            ? throw settings.Broken(
                CircuitSettings.UploadScaleStart.Key,
                $"= {SettingsText.Value(start)} is not allowed; allowed: a list of 1 to {QuantumLayerSpec.MaxLayers} numbers "
                    + $"above 0, up to 100")
            : start;
    }

    private static void RequireSeparable(QuantumOptions quantum, Circuit gates, SettingsReader settings)
    {
        if (LayersOf(quantum).FirstOrDefault(layer => layer.Kind == QuantumLayerKind.Separable) is { Key: { } key }
            && SeparableTwin.Problem(gates) is { } problem)
        {
            throw settings.Broken(
                key,
                $"= \"separable\" is not possible with quantum.ansatz = {SettingsText.Value(quantum.Circuit.Ansatz)} and quantum.encoding = "
                + $"{SettingsText.Value(quantum.Circuit.Encoding.Name())}: {problem}; allowed: an ansatz whose gates of several wires have "
                + "no weights, encodings X, Y, Z");
        }
    }

    private static EngineKind? ReadEngine(SettingsReader settings) =>
        CircuitSettings.Engine.Read(settings) is var name && name == CircuitSettings.AutomaticEngine
            ? null
            : Enum.GetValues<EngineKind>().Single(kind => EngineNames.Of(kind) == name);

    private static void RequireEngine(Circuit circuit, EngineKind? engine, SettingsReader settings)
    {
        if (new EnginePlanner().TryPlan(circuit, engine, out var reason) is null)
            throw settings.Broken(CircuitSettings.Qubits.Key, $"= {circuit.WireCount}: no engine can run this circuit: {reason}");
    }
}

/// <summary>
/// The ansatz of a configuration: a name, a file of the user's, or the text of one. A file becomes its name and its text, so that
/// the configuration a run keeps does not depend on the file.
/// </summary>
internal static class AnsatzSettings
{
    private static readonly string s_name = CircuitSettings.Ansatz.Key;
    private static readonly string s_definition = CircuitSettings.AnsatzDefinition.Key;

    /// <summary>Reads both settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder that a file's path starts from; empty for the working folder.</param>
    /// <returns>The ansatz, the name it is called by, and its text where the library does not have it.</returns>
    /// <exception cref="InputException">The ansatz is unknown, breaks a rule, or is an exhibit.</exception>
    internal static (Ansatz Ansatz, string Name, string? Definition) Read(SettingsReader settings, string folder)
    {
        var definition = CircuitSettings.AnsatzDefinition.Read(settings) is { Length: > 0 } text
            ? AnsatzDefinition.Parse(text, $"{settings.Source}: {s_definition}")
            : null;
        var name = CircuitSettings.Ansatz.Read(settings, definition?.Name ?? CircuitSettings.Ansatz.Default);
        var ansatz = definition is not null ? Declared(definition, name, settings) : Named(name, settings, folder);
        if (ansatz.Status == AnsatzStatus.Exhibit)
            throw settings.Broken(s_name, $"= {SettingsText.Value(name)} is an exhibit, a circuit with a fault, and cannot be trained; allowed: {Allowed}");
        if (AnsatzRegistry.Find(name) == ansatz)
            return (ansatz, name, null);
        settings.Record(s_name, ansatz.Name);
        if (AnsatzRegistry.All.Contains(ansatz))
            return (ansatz, ansatz.Name, null);
        settings.Record(s_definition, ansatz.Source);
        return (ansatz, ansatz.Name, ansatz.Source);
    }

    private static string Allowed => $"{string.Join(", ", AnsatzRegistry.NamesAndAliases)}, a {AnsatzFile.Extension} file";

    private static Ansatz Declared(Ansatz ansatz, string name, SettingsReader settings) =>
        ansatz.Aliases.Prepend(ansatz.Name).Contains(name)
            ? ansatz
            : throw settings.Broken(
                s_name, $"= {SettingsText.Value(name)} is not what {s_definition} declares; allowed: {ansatz.Name}, or {s_definition} left out");

    private static Ansatz Named(string name, SettingsReader settings, string folder)
    {
        if (AnsatzRegistry.NamesAndAliases.Contains(name))
            return AnsatzRegistry.Get(name);
        if (AnsatzRegistry.FindExhibit(name) is { } exhibit)
            return exhibit;
        // What the command line sets is meant from where the command is given.
        var path = settings.IsOverridden(s_name) ? name : Path.Combine(folder, name);
        return AnsatzFile.IsMeantBy(path)
            ? AnsatzFile.Load(path)
            : throw settings.Broken(
                s_name, $"= {SettingsText.Value(name)} is not allowed; allowed: {Allowed}{NearestName.Hint(name, AnsatzRegistry.NamesAndAliases)}");
    }
}
