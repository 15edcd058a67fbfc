using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Core.Errors;

namespace Fovea.Devices.Profiles;

/// <summary>
/// Makes a profile of the JSON that IBM's backends publish and that Qiskit's snapshot backends keep: a configuration (backend_name,
/// n_qubits, basis_gates, coupling_map) and properties (per qubit T1, T2 and readout; per gate error and length). Only a native gate
/// set of sx (or u2) with cz, ecr, cx or rzz, each pair of qubits with its own of them, is understood.
/// </summary>
public static class BackendPropertiesImporter
{
    /// <summary>The entangling gates that are understood, in order of preference.</summary>
    internal static readonly string[] Entanglers = ["cz", "ecr", "cx", "rzz"];

    private const string Expected =
        "expected one JSON object with \"configuration\" and \"properties\", or a folder with conf_*.json and props_*.json";

    /// <summary>
    /// Imports from a folder that holds one conf_*.json and one props_*.json, from either of these two files (the other one must lie
    /// beside it), or from one JSON file that holds both as the objects "configuration" and "properties" or side by side.
    /// </summary>
    /// <exception cref="InputException">Files are missing or of another kind, or break a rule; the message is one line.</exception>
    public static ImportedProfile FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path)) return FromFiles(Only(path, "conf_*.json"), Only(path, "props_*.json"));
        var (folder, file) = (Path.GetDirectoryName(path) ?? "", Path.GetFileName(path));
        if (Stem(file, "conf_") is { } configured) return FromFiles(path, Path.Combine(folder, "props_" + configured));
        if (Stem(file, "props_") is { } measured) return FromFiles(Path.Combine(folder, "conf_" + measured), path);
        return FromJson(ProfileText.Read(path), path);
    }

    /// <summary>Imports from a configuration file and a properties file.</summary>
    /// <exception cref="InputException">A file is missing or of another kind, or breaks a rule; the message is one line.</exception>
    public static ImportedProfile FromFiles(string configurationPath, string propertiesPath) => Import(
        BackendConfiguration.Read(Parse(ProfileText.Read(configurationPath), configurationPath), configurationPath),
        BackendProperties.Read(Parse(ProfileText.Read(propertiesPath), propertiesPath), propertiesPath));

    /// <summary>Imports from one JSON object that holds both.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="InputException">It is JSON of another kind, or breaks a rule; the message is one line.</exception>
    public static ImportedProfile FromJson(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        var root = Parse(json, source);
        if (root.ValueKind != JsonValueKind.Object) throw new InputException($"{source}: no backend's data; {Expected}");
        if (root.TryGetProperty("configuration", out var configuration) && root.TryGetProperty("properties", out var properties))
        {
            return Import(
                BackendConfiguration.Read(configuration, $"{source}: configuration"),
                BackendProperties.Read(properties, $"{source}: properties"));
        }

        if (root.TryGetProperty("n_qubits", out _) && root.TryGetProperty("qubits", out _))
            return Import(BackendConfiguration.Read(root, source), BackendProperties.Read(root, source));
        throw new InputException($"{source}: no backend's data; {Expected}");
    }

    private static ImportedProfile Import(BackendConfiguration configuration, BackendProperties properties)
    {
        if (properties.Qubits.Length != configuration.QubitCount)
        {
            throw new InputException($"{properties.Source}: qubits has {properties.Qubits.Length} entries; "
                + $"expected the configuration's n_qubits = {configuration.QubitCount}");
        }

        var pulse = properties.ChooseAll(["sx", "u2"], configuration, "quarter turn")[0];
        var entanglers = properties.ChooseAll(Entanglers, configuration, "two-qubit gate");
        var warnings = new ImportWarnings();
        var whole = new DeviceProfile
        {
            Name = configuration.Name.ToLowerInvariant().Replace('_', '-').Replace('/', '-'),
            Description = $"Imported from the published calibration of {configuration.Name}{(properties.Date is { } date ? $" of {date}" : "")}.",
            Sources = [.. new[] { configuration.Source, properties.Source }.Select(source => Path.GetFileName(source)).Distinct()],
            Pulse = PulseGate.SX,
            Entangler = Enum.Parse<EntanglingGate>(entanglers[0], ignoreCase: true),
            Qubits = new BackendQubits(properties, pulse, warnings).All(),
            Couplings = BackendCouplings.Read(configuration, properties, entanglers, warnings),
        };
        var profile = ConnectedPart.Find(whole, out var cutOff);
        DeviceProfileRules.Require(profile, properties.Source);
        return new(profile, cutOff is null ? warnings.Lines : warnings.Lines.Add(cutOff));
    }

    private static JsonElement Parse(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InputException($"{source}: not valid JSON: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static string Only(string folder, string pattern)
    {
        var files = ProfileText.Files(folder, pattern);
        if (files.Count == 1) return files[0];
        var found = files.Count == 0 ? "no" : $"{files.Count} files";
        throw new InputException($"{folder}: has {found} {pattern}; expected one conf_*.json and one props_*.json");
    }

    private static string? Stem(string file, string prefix) => file.StartsWith(prefix, StringComparison.Ordinal) ? file[prefix.Length..] : null;
}

/// <summary>
/// Times in the units of profile files and of backend properties. A time is divided by the units per second, never multiplied by a
/// small number: 200 µs become the double nearest to 0.0002.
/// </summary>
internal static class TimeUnits
{
    /// <summary>The units that key names of profile files end in.</summary>
    public static readonly string[] Names = ["us", "ns", "ms", "s"];

    /// <summary>Units per second, or null for a unit that is none of time. Knows both micro signs.</summary>
    public static double? PerSecond(string unit) => unit switch
    {
        "s" => 1,
        "ms" => 1e3,
        "us" or "\u00B5s" or "\u03BCs" => 1e6,
        "ns" => 1e9,
        _ => null,
    };

    /// <summary>The key of a time: its name and unit, or the unit alone when it has no name.</summary>
    public static string Key(string name, string unit) => name.Length == 0 ? unit : $"{name}_{unit}";

    /// <summary>All keys of a time.</summary>
    public static IEnumerable<string> Keys(string name) => Names.Select(unit => Key(name, unit));

    /// <summary>
    /// The number of units that gives back exactly these seconds, the one with the shortest text; null when no double does.
    /// </summary>
    public static double? Exactly(double seconds, string unit)
    {
        var perSecond = PerSecond(unit)!.Value;
        var near = seconds * perSecond;
        double[] candidates = [near, Math.BitIncrement(near), Math.BitDecrement(near)];
        var exact = candidates.Where(value => value / perSecond == seconds).ToList();
        return exact.Count == 0 ? null : exact.MinBy(value => ProfileNumber.Exact(value).Length);
    }
}

/// <summary>
/// What an import changed, filled in or left out, in lines that a person reads: one for each subject while they are few, one for all
/// subjects that the same thing happened to where they are many, as on a machine of a hundred qubits.
/// </summary>
internal sealed class ImportWarnings
{
    private const int MostSingleLines = 3;

    private readonly List<(string Kind, string Subject, string Single, string Common)> _entries = [];

    /// <summary>The lines, in the order of the first subject of each.</summary>
    public ImmutableArray<string> Lines => [.. _entries.GroupBy(entry => (entry.Kind, entry.Common)).SelectMany(group => Summarise([.. group]))];

    /// <summary>One more warning.</summary>
    /// <param name="kind">"qubit" or "coupling".</param>
    /// <param name="subject">Which one.</param>
    /// <param name="single">What happened to it.</param>
    /// <param name="common">The same said of many, without numbers of one subject; null where it is the same text.</param>
    public void Add(string kind, string subject, string single, string? common = null) =>
        _entries.Add((kind, subject, single, common ?? ": " + single));

    /// <summary>A list of subjects, cut after some.</summary>
    public static string Listed(IReadOnlyList<int> subjects) => subjects.Count <= 2 * MostSingleLines
        ? string.Join(", ", subjects)
        : $"{string.Join(", ", subjects.Take(MostSingleLines))} and {subjects.Count - MostSingleLines} more";

    private static IEnumerable<string> Summarise((string Kind, string Subject, string Single, string Common)[] entries)
    {
        var (kind, subject, _, common) = entries[0];
        return entries.Length <= MostSingleLines
            ? entries.Select(entry => $"{entry.Kind} {entry.Subject}: {entry.Single}")
            : [$"{entries.Length} {kind}s{(common.StartsWith(':') ? "" : " ")}{common} (first: {subject})"];
    }
}
