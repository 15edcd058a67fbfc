using System.Numerics;
using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Hardware.Execution;

/// <summary>Reads observables from measured bit strings.</summary>
/// <param name="noisy">The circuit; bit w of an outcome is its wire w's.</param>
/// <param name="mitigates">Whether each wire's ±1 becomes (±1 − offset)/contrast, which undoes the known readout errors on average.</param>
internal sealed class ShotReadings(NoisyCircuit noisy, bool mitigates)
{
    private const double LeastContrast = 1e-3;

    /// <summary>Means over the shots, and standard errors √(variance/N): for an unmitigated ±1 observable √((1 − f²)/N).</summary>
    public RunEstimate Estimate(Dictionary<ulong, int> outcomes, string method)
    {
        if (mitigates && noisy.Readout.Any(error => Math.Abs(error.Contrast) < LeastContrast))
            throw new InputException("readout mitigation cannot invert a readout that is wrong half of the time");
        double shots = outcomes.Values.Sum();
        var observables = noisy.Circuit.Observables;
        var (values, errors) = (new double[observables.Length], new double[observables.Length]);
        for (var output = 0; output < values.Length; output++)
        {
            var readings = outcomes.Select(outcome => (Value: Read(observables[output], outcome.Key), Share: outcome.Value / shots)).ToList();
            var mean = readings.Sum(reading => reading.Value * reading.Share);
            values[output] = mean;
            errors[output] = Math.Sqrt(readings.Sum(reading => (reading.Value - mean) * (reading.Value - mean) * reading.Share) / shots);
        }

        return new(values, errors, method, outcomes);
    }

    private double Read(Observable observable, ulong bits) => observable.Terms.Sum(term => term.Coefficient * Product(term.Pauli.Z, bits));

    private double Product(ulong support, ulong bits)
    {
        if (!mitigates)
            return int.IsEvenInteger(BitOperations.PopCount(support & bits)) ? 1 : -1;
        var product = 1.0;
        for (var rest = support; rest != 0; rest &= rest - 1)
        {
            var wire = BitOperations.TrailingZeroCount(rest);
            var value = (bits >> wire & 1) == 0 ? 1.0 : -1.0;
            product *= (value - noisy.Readout[wire].Offset) / noisy.Readout[wire].Contrast;
        }

        return product;
    }
}
