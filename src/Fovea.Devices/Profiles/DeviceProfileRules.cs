using System.Buffers;
using Fovea.Core.Errors;

namespace Fovea.Devices.Profiles;

/// <summary>
/// What must hold for a profile: 1 to 1,000 qubits; T1 and T2 positive and T2 at most 2·T1; probabilities in [0, 1]; durations finite
/// and not negative; over-rotations finite; a connected coupling map that names each pair once. Fields go by their names in profile
/// files, times in the unit of those names.
/// </summary>
public static class DeviceProfileRules
{
    /// <summary>The most qubits a profile may have.</summary>
    public const int MostQubits = 1000;

    private const int NamedSubjects = 3;
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\:*?\"<>|\n\r\t");

    /// <summary>Every broken rule, one line each: source, qubit or coupling, field and value, allowed values.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="source">The file's name, for messages.</param>
    public static IReadOnlyList<string> Problems(DeviceProfile profile, string source)
    {
        ArgumentNullException.ThrowIfNull(profile);
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(profile.Name)) problems.Add("name is empty; allowed: a short name");
        // Results carry it in the names of their files.
        if (profile.Name.AsSpan().IndexOfAny(NotInNames) >= 0)
            problems.Add($"name = \"{profile.Name}\" is not allowed; allowed: a short name without slashes, colons, quotes, wildcards");
        if (profile.Qubits.Length is < 1 or > MostQubits)
            problems.Add($"qubits = {profile.Qubits.Length} is not allowed; allowed: a whole number from 1 to {MostQubits}");
        problems.AddRange(Grouped("qubit", profile.Qubits.Select((qubit, index) => ($"{index}", FieldRules.Check(qubit)))));
        problems.AddRange(Grouped("coupling", profile.Couplings.Select(c => ($"[{c.First}, {c.Second}]", FieldRules.Check(c)))));
        problems.AddRange(CouplingMapRules.Check(profile));
        return [.. problems.Select(problem => $"{source}: {problem}")];
    }

    /// <summary>Throws for a profile that breaks a rule.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="InputException">A rule is broken; the message is the first problem and the number of others.</exception>
    public static void Require(DeviceProfile profile, string source)
    {
        var problems = Problems(profile, source);
        if (problems.Count == 0) return;
        throw new InputException(problems[0] + (problems.Count == 1 ? "" : $" (and {problems.Count - 1} more of the profile's rules broken)"));
    }

    /// <summary>A wrong default is wrong for every qubit: one problem, not one for each.</summary>
    private static IEnumerable<string> Grouped(string kind, IEnumerable<(string Subject, IEnumerable<string> Problems)> found) =>
        found.SelectMany(item => item.Problems.Select(problem => (item.Subject, Problem: problem)))
            .GroupBy(item => item.Problem, item => item.Subject)
            .Select(group => $"{Subjects(kind, [.. group])}: {group.Key}");

    private static string Subjects(string kind, IReadOnlyList<string> subjects)
    {
        var rest = subjects.Count - NamedSubjects;
        var (plural, others) = (subjects.Count == 1 ? "" : "s", rest > 0 ? $" and {rest} more" : "");
        return $"{kind}{plural} {string.Join(", ", subjects.Take(NamedSubjects))}{others}";
    }
}

/// <summary>The rules for the numbers of one qubit or one coupling.</summary>
internal static class FieldRules
{
    // Times are counted in femtoseconds, of which a circuit's must fit into 64 bits.
    private const double LongestSeconds = 1;

    public static IEnumerable<string> Check(QubitProperties qubit)
    {
        string?[] problems =
        [
            Lifetime("t1_us", qubit.T1),
            Lifetime("t2_us", qubit.T2),
            qubit.T1 > 0 && qubit.T2 > 2 * qubit.T1
                ? $"t2_us = {Micro(qubit.T2)} is over 2·t1_us = {Micro(2 * qubit.T1)}; allowed: over 0, at most 2·t1_us"
                : null,
            Probability("excited_population", qubit.ExcitedPopulation),
            Duration("pulse_ns", qubit.Pulse.Seconds),
            Probability("pulse_error", qubit.Pulse.Error),
            Finite("pulse_over_rotation", qubit.Pulse.OverRotation),
            Probability("readout_p01", qubit.Readout.OneGivenZero),
            Probability("readout_p10", qubit.Readout.ZeroGivenOne),
        ];
        return problems.OfType<string>();
    }

    public static IEnumerable<string> Check(Coupling coupling)
    {
        string?[] problems =
        [
            Duration("ns", coupling.Gate.Seconds),
            Probability("error", coupling.Gate.Error),
            Finite("over_rotation", coupling.Gate.OverRotation),
        ];
        return problems.OfType<string>();
    }

    private static string? Lifetime(string key, double seconds) =>
        seconds > 0 ? null : $"{key} = {Micro(seconds)} is not positive; allowed: over 0, inf for no decay";

    private static string? Duration(string key, double seconds) =>
        seconds is >= 0 and <= LongestSeconds
            ? null
            : $"{key} = {ProfileNumber.Short(seconds * 1e9)} is no duration; allowed: 0 to 1e9, a second";

    private static string? Probability(string key, double value) =>
        value is >= 0 and <= 1 ? null : $"{key} = {ProfileNumber.Short(value)} is no probability; allowed: 0 to 1";

    private static string? Finite(string key, double value) =>
        double.IsFinite(value) ? null : $"{key} = {ProfileNumber.Short(value)} is not finite; allowed: an angle in radians";

    private static string Micro(double seconds) => ProfileNumber.Short(seconds * 1e6);
}
