using System.Globalization;
using System.Text;

namespace Fovea.Devices.Profiles;

/// <summary>
/// Writes a profile as the TOML that <see cref="DeviceProfileReader"/> reads, exactly: each number reads back as the same double. The
/// most common value of a field becomes its default; qubits and couplings list what differs.
/// </summary>
public static class DeviceProfileWriter
{
    private const int PairsPerLine = 10;

    /// <summary>The profile as TOML text.</summary>
    public static string ToToml(DeviceProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var text = new StringBuilder();
        Line(text, $"name = {Quoted(profile.Name)}");
        Line(text, $"description = {Quoted(profile.Description)}");
        Line(text, profile.Sources.IsEmpty ? "sources = []" : $"sources = [\n    {string.Join(",\n    ", profile.Sources.Select(Quoted))},\n]");
        Line(text, $"pulse = \"{profile.Pulse.ToString().ToLowerInvariant()}\"");
        Line(text, $"entangler = \"{Name(profile.Entangler)}\"");
        Line(text, $"qubits = {profile.Qubits.Length}");
        Line(text, $"couplings = {Map(profile)}");

        string[][] qubits = [.. profile.Qubits.Select(Fields)];
        string[][] couplings = [.. profile.Couplings.Select(coupling => Fields(coupling.Gate, ""))];
        string[] qubitDefaults = MostCommon(qubits), couplingDefaults = MostCommon(couplings);
        Line(text, "");
        foreach (var field in qubitDefaults) Line(text, $"defaults.{field}");
        foreach (var field in couplingDefaults) Line(text, $"defaults.entangler_{field}");
        Append(text, "qubit", qubits.Select((fields, i) => ($"index = {i}", fields.Except(qubitDefaults))));
        Append(text, "coupling", couplings.Select((fields, i) =>
            ($"pair = {Pair(profile.Couplings[i])}", Kind(profile.Couplings[i]).Concat(fields.Except(couplingDefaults)))));
        return text.ToString();
    }

    private static string[] Fields(QubitProperties qubit) =>
    [
        Time("t1", "us", qubit.T1),
        Time("t2", "us", qubit.T2),
        $"excited_population = {ProfileNumber.Exact(qubit.ExcitedPopulation)}",
        .. Fields(qubit.Pulse, "pulse"),
        $"readout_p01 = {ProfileNumber.Exact(qubit.Readout.OneGivenZero)}",
        $"readout_p10 = {ProfileNumber.Exact(qubit.Readout.ZeroGivenOne)}",
    ];

    private static string[] Fields(GateProperties gate, string name)
    {
        var prefix = name.Length == 0 ? "" : name + "_";
        return
        [
            Time(name, "ns", gate.Seconds),
            $"{prefix}error = {ProfileNumber.Exact(gate.Error)}",
            $"{prefix}over_rotation = {ProfileNumber.Exact(gate.OverRotation)}",
        ];
    }

    // Not every double of seconds is some double of microseconds divided by a million; seconds are always exact.
    private static string Time(string name, string unit, double seconds) => TimeUnits.Exactly(seconds, unit) is { } value
        ? $"{TimeUnits.Key(name, unit)} = {ProfileNumber.Exact(value)}"
        : $"{TimeUnits.Key(name, "s")} = {ProfileNumber.Exact(seconds)}";

    private static string[] MostCommon(string[][] fields) => fields.Length == 0
        ? []
        : [.. Enumerable.Range(0, fields[0].Length).Select(i => fields.GroupBy(entry => entry[i]).MaxBy(group => group.Count())!.Key)];

    private static string Map(DeviceProfile profile)
    {
        var pairs = profile.Couplings.Select(c => (c.First, c.Second)).ToList();
        if (pairs.Count == 0) return "[]";
        if (pairs.SequenceEqual(CouplingMap.Line(profile.Qubits.Length))) return "\"line\"";
        if (pairs.SequenceEqual(CouplingMap.All(profile.Qubits.Length))) return "\"all\"";
        var lines = profile.Couplings.Select(Pair).Chunk(PairsPerLine).Select(chunk => "    " + string.Join(", ", chunk));
        return $"[\n{string.Join(",\n", lines)},\n]";
    }

    private static string[] Kind(Coupling coupling) => coupling.Entangler is { } kind ? [$"entangler = \"{Name(kind)}\""] : [];

    private static string Name(EntanglingGate gate) => gate.ToString().ToLowerInvariant();

    private static string Pair(Coupling coupling) => $"[{coupling.First}, {coupling.Second}]";

    private static void Append(StringBuilder text, string key, IEnumerable<(string Subject, IEnumerable<string> Fields)> entries)
    {
        var lines = entries.Where(entry => entry.Fields.Any())
            .Select(entry => $"    {{ {string.Join(", ", entry.Fields.Prepend(entry.Subject))} }},").ToList();
        if (lines.Count > 0) Line(text, $"\n{key} = [\n{string.Join('\n', lines)}\n]");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    // A basic string of TOML: quotes, backslashes and control characters escaped.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var unit in text)
        {
            if (unit is '"' or '\\') quoted.Append('\\').Append(unit);
            else if (char.IsControl(unit)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            else quoted.Append(unit);
        }

        return quoted.Append('"').ToString();
    }
}
