using System.Collections.Immutable;
using Fovea.Core.Errors;
using Fovea.Quantum.Noise;

namespace Fovea.Hardware.Profiles;

/// <summary>
/// The qubits of a backend. A number that is missing is taken from the worst qubit that has it, so that a qubit nobody could measure
/// never looks better than the others.
/// </summary>
internal sealed class BackendQubits(BackendProperties properties, string pulse, ImportWarnings warnings)
{
    private readonly Dictionary<int, BackendGate> _pulses = properties.Gates
        .Where(gate => gate.Name == pulse && gate.Qubits.Length == 1)
        .GroupBy(gate => gate.Qubits[0])
        .ToDictionary(group => group.Key, group => group.First());

    public ImmutableArray<QubitProperties> All()
    {
        var t1 = Filled("T1", qubit => Positive(qubit, "T1"), Enumerable.Min);
        var t2 = Filled("T2", qubit => Positive(qubit, "T2"), Enumerable.Min);
        var p01 = Filled("prob_meas1_prep0 and readout_error", qubit => Readout(qubit, "prob_meas1_prep0"), Enumerable.Max);
        var p10 = Filled("prob_meas0_prep1 and readout_error", qubit => Readout(qubit, "prob_meas0_prep1"), Enumerable.Max);
        var error = Filled($"gate_error of {pulse}", qubit => _pulses.GetValueOrDefault(qubit)?.Error, Enumerable.Max);
        var seconds = Filled($"gate_length of {pulse}", qubit => _pulses.GetValueOrDefault(qubit)?.Seconds, Enumerable.Max);
        for (var i = 0; i < t1.Length; i++)
        {
            if (error[i] >= 1) warnings.Add("qubit", $"{i}", $"gate_error of {pulse} is {ProfileNumber.Short(error[i])}, the qubit is out of order");
            if (!(t2[i] > 2 * t1[i])) continue;
            warnings.Add(
                "qubit",
                $"{i}",
                $"T2 = {ProfileNumber.Short(t2[i] * 1e6)} us is over 2·T1, set to 2·T1 = {ProfileNumber.Short(2e6 * t1[i])} us",
                "have T2 over 2·T1, set to 2·T1");
            t2[i] = 2 * t1[i];
        }

        return [.. t1.Select((_, i) => new QubitProperties(t1[i], t2[i], 0, new(seconds[i], error[i]), new ReadoutError(p01[i], p10[i])))];
    }

    // Zero or less is how a failed fit looks.
    private double? Positive(int qubit, string name) => properties.Qubits[qubit].Seconds(name) is > 0 and var seconds ? seconds : null;

    private double? Readout(int qubit, string name) => properties.Qubits[qubit].Value(name) ?? properties.Qubits[qubit].Value("readout_error");

    private double[] Filled(string what, Func<int, double?> given, Func<IEnumerable<double>, double> worst)
    {
        var values = Enumerable.Range(0, properties.Qubits.Length).Select(given).ToArray();
        var known = values.OfType<double>().ToList();
        if (known.Count == 0) throw new InputException($"{properties.Source}: no qubit has {what}; expected it for at least one");
        var replacement = worst(known);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null) warnings.Add("qubit", $"{i}", $"{what} is missing, taken from the worst qubit");
        }

        return [.. values.Select(value => value ?? replacement)];
    }
}
