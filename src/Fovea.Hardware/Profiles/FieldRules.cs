namespace Fovea.Hardware.Profiles;

/// <summary>The rules for the numbers of one qubit or one coupling.</summary>
internal static class FieldRules
{
    public static IEnumerable<string> Of(QubitProperties qubit)
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

    public static IEnumerable<string> Of(Coupling coupling)
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
        seconds >= 0 && double.IsFinite(seconds) ? null : $"{key} = {ProfileNumber.Short(seconds * 1e9)} is no duration; allowed: 0 or more, finite";

    private static string? Probability(string key, double value) =>
        value is >= 0 and <= 1 ? null : $"{key} = {ProfileNumber.Short(value)} is no probability; allowed: 0 to 1";

    private static string? Finite(string key, double value) =>
        double.IsFinite(value) ? null : $"{key} = {ProfileNumber.Short(value)} is not finite; allowed: an angle in radians";

    private static string Micro(double seconds) => ProfileNumber.Short(seconds * 1e6);
}
