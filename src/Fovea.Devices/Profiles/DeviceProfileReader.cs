using System.Collections.Immutable;
using Fovea.Core.Errors;
using Fovea.Quantum.Noise;
using Tomlyn.Model;

namespace Fovea.Devices.Profiles;

/// <summary>
/// Reads device profiles from TOML. Top level: name, description, sources, pulse, entangler, qubits, couplings; [defaults] for all
/// qubits and couplings; [[qubit]] and [[coupling]] for those that differ. What a file does not give is free of noise. The format is
/// described in docs/profiles.md.
/// </summary>
public static class DeviceProfileReader
{
    private static readonly string[] TopKeys =
        ["name", "description", "sources", "pulse", "entangler", "qubits", "couplings", "defaults", "qubit", "coupling"];

    private static readonly string[] QubitKeys =
    [
        .. TimeUnits.Keys("t1"), .. TimeUnits.Keys("t2"), "excited_population", .. TimeUnits.Keys("pulse"), "pulse_error",
        "pulse_over_rotation", "readout_p01", "readout_p10",
    ];

    private static readonly string[] EntanglerKeys = [.. TimeUnits.Keys("entangler"), "entangler_error", "entangler_over_rotation"];

    private static readonly string[] CouplingKeys = ["pair", "entangler", .. TimeUnits.Keys(""), "error", "over_rotation"];

    /// <summary>Reads a profile from a file.</summary>
    /// <exception cref="InputException">The file cannot be read or breaks a rule; the message is one line.</exception>
    public static DeviceProfile FromFile(string path) => FromToml(ProfileText.Read(path), path);

    /// <summary>Reads a profile from TOML text and checks it against <see cref="DeviceProfileRules"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="InputException">The text breaks a rule; the message is one line that names source, field and allowed values.</exception>
    public static DeviceProfile FromToml(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        var top = new ProfileTable(TomlDocument.Read(text, source), source, TopKeys);
        var defaults = new ProfileTable(top.Table("defaults"), $"{source}: defaults", [.. QubitKeys, .. EntanglerKeys]);
        var qubitCount = top.WholeNumber("qubits", 1, DeviceProfileRules.MostQubits);
        var entangler = top.Choice("entangler", EntanglingGate.CZ);
        var profile = new DeviceProfile
        {
            Name = top.Text("name") ?? throw top.Broken("name is missing; allowed: a short name, lower case with hyphens"),
            Description = top.Text("description") ?? "",
            Sources = [.. top.Texts("sources")],
            Pulse = top.Choice("pulse", PulseGate.SX),
            Entangler = entangler,
            Qubits = Qubits(top, source, Qubit(defaults, Ideal), qubitCount),
            Couplings = Couplings(top, source, Gate(defaults, "entangler", new(0, 0)), entangler, qubitCount),
        };
        DeviceProfileRules.Require(profile, source);
        return profile;
    }

    private static QubitProperties Ideal => new(double.PositiveInfinity, double.PositiveInfinity, 0, new(0, 0), ReadoutError.None);

    private static QubitProperties Qubit(ProfileTable table, QubitProperties otherwise) => new(
        table.Seconds("t1", otherwise.T1),
        table.Seconds("t2", otherwise.T2),
        table.Number("excited_population", otherwise.ExcitedPopulation),
        Gate(table, "pulse", otherwise.Pulse),
        new(table.Number("readout_p01", otherwise.Readout.OneGivenZero), table.Number("readout_p10", otherwise.Readout.ZeroGivenOne)));

    private static GateProperties Gate(ProfileTable table, string name, GateProperties otherwise)
    {
        var prefix = name.Length == 0 ? "" : name + "_";
        return new(
            table.Seconds(name, otherwise.Seconds),
            table.Number(prefix + "error", otherwise.Error),
            table.Number(prefix + "over_rotation", otherwise.OverRotation));
    }

    private static ImmutableArray<QubitProperties> Qubits(ProfileTable top, string source, QubitProperties otherwise, int count)
    {
        var qubits = Enumerable.Repeat(otherwise, count).ToArray();
        HashSet<int> seen = [];
        foreach (var table in top.Tables("qubit"))
        {
            var place = $"{source}: qubit {(table.TryGetValue("index", out var given) && given is long number ? number : "without index")}";
            var entry = new ProfileTable(table, place, ["index", .. QubitKeys]);
            var index = entry.WholeNumber("index", 0, count - 1);
            if (!seen.Add(index)) throw entry.Broken("index is given twice; allowed: one [[qubit]] for each qubit");
            qubits[index] = Qubit(entry, otherwise);
        }

        return [.. qubits];
    }

    private static ImmutableArray<Coupling> Couplings(
        ProfileTable top, string source, GateProperties otherwise, EntanglingGate entangler, int qubitCount)
    {
        var couplings = Pairs(top, qubitCount).Select(pair => new Coupling(pair.First, pair.Second, otherwise)).ToArray();
        Dictionary<(int, int), int> places = [];
        for (var i = 0; i < couplings.Length; i++) places.TryAdd(CouplingMap.Undirected(couplings[i].First, couplings[i].Second), i);
        HashSet<int> seen = [];
        foreach (var table in top.Tables("coupling"))
        {
            var pair = ProfileTable.Pair(table.TryGetValue("pair", out var given) ? given : null);
            var place = pair is { } named ? $"[{named.First}, {named.Second}]" : "without pair";
            var entry = new ProfileTable(table, $"{source}: coupling {place}", CouplingKeys);
            if (pair is not { } known) throw entry.Broken("pair is missing or no pair of qubits; allowed: pair = [0, 1]");
            if (!places.TryGetValue(CouplingMap.Undirected(known.First, known.Second), out var index))
                throw entry.Broken("pair is not in couplings; allowed: a pair that is coupled");
            if (!seen.Add(index)) throw entry.Broken("pair is given twice; allowed: one [[coupling]] for each pair");
            var kind = entry.Choice("entangler", entangler);
            couplings[index] = couplings[index] with { Gate = Gate(entry, "", otherwise), Entangler = kind == entangler ? null : kind };
        }

        return [.. couplings];
    }

    private static IEnumerable<(int First, int Second)> Pairs(ProfileTable top, int qubitCount)
    {
        const string allowed = "a list of pairs [[0, 1], …], \"all\" or \"line\"";
        switch (top.Raw("couplings"))
        {
            case null: return [];
            case "all": return CouplingMap.All(qubitCount);
            case "line": return CouplingMap.Line(qubitCount);
            case TomlArray items:
                return [.. items.Select(item => ProfileTable.Pair(item) ?? throw top.Wrong("couplings", items, allowed))];
            case var other: throw top.Wrong("couplings", other, allowed);
        }
    }
}
