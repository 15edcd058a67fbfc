using Fovea.Core.Errors;
using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Laboratory.Diagnostics;

/// <summary>What noise does to a circuit at random inputs and parameters.</summary>
internal sealed class ResilienceStudy(ulong seed, SampleBudget budget, CancellationToken cancellation = default)
{
    // Circuits that grow beyond this on a device, by SWAPs over idle qubits, take gigabytes and minutes.
    private const int MaxDeviceWires = 18;

    /// <summary>Under depolarizing noise, not compiled.</summary>
    public NoiseResilience Under(DepolarizingNoise noise, Circuit circuit) => Sample(DepolarizingNoise.Name, noise.On(circuit), null);

    /// <summary>Compiled to a device and under its noise, readout errors included.</summary>
    public NoiseResilience Under(DeviceProfile profile, Circuit circuit)
    {
        try
        {
            var compiled = new DeviceCompiler(profile).Compile(circuit);
            return compiled.Noisy.Circuit.WireCount > MaxDeviceWires
                ? new()
                {
                    Noise = profile.Name,
                    Compiled = compiled.Report,
                    Refusal = $"takes {compiled.Noisy.Circuit.WireCount} device qubits; simulated up to {MaxDeviceWires}",
                }
                : Sample(profile.Name, compiled.Noisy, compiled.Report);
        }
        catch (InputException refusal)
        {
            return new() { Noise = profile.Name, Refusal = refusal.Message };
        }
    }

    private NoiseResilience Sample(string name, NoisyCircuit noisy, CompilationReport? report)
    {
        var (sampler, tally) = (new NoisyPairs(noisy, seed), new ResilienceTally());
        while (!budget.IsEnough(tally.Draws, tally.RelativeError))
        {
            cancellation.ThrowIfCancellationRequested();
            sampler.Draw(tally.Draws, tally);
        }

        return new() { Noise = name, RelativeError = tally.RelativeError, Fidelity = tally.Fidelity, Compiled = report };
    }
}

/// <summary>Collects the errors of noisy outputs.</summary>
internal sealed class ResilienceTally
{
    private readonly List<(double Error, double Size)> _draws = [];
    private readonly RunningMean _fidelity = new();

    /// <summary>Draws of inputs and parameters so far.</summary>
    public int Draws => _draws.Count;

    /// <summary>Mean fidelity.</summary>
    public Estimate Fidelity => _fidelity.Estimate;

    /// <summary>Root of the ratio of mean squares of error and outputs, with its standard error by linearisation.</summary>
    public Estimate RelativeError
    {
        get
        {
            var (error, size) = (_draws.Sum(draw => draw.Error), _draws.Sum(draw => draw.Size));
            if (_draws.Count < 2)
                return new(0, 1, _draws.Count);
            if (size == 0)
                return new(double.PositiveInfinity, 0, _draws.Count);
            var ratio = error / size;
            var residuals = _draws.Sum(draw => Math.Pow(draw.Error - (ratio * draw.Size), 2));
            var ratioError = Math.Sqrt(residuals * _draws.Count / (_draws.Count - 1.0)) / size;
            // Not one error so far says little about how large they are.
            if (ratioError == 0)
                return new(Math.Sqrt(Math.Max(0, ratio)), 1 / Math.Sqrt(_draws.Count), _draws.Count);
            // An error too small to be seen may come out negative; its root is not known better than the root of its error.
            return ratio > ratioError
                ? new(Math.Sqrt(ratio), ratioError / (2 * Math.Sqrt(ratio)), _draws.Count)
                : new(Math.Sqrt(Math.Max(0, ratio)), Math.Sqrt(ratioError), _draws.Count);
        }
    }

    /// <summary>One more draw.</summary>
    /// <param name="ideal">[output].</param>
    /// <param name="errors">[trajectory][output]: noisy minus ideal.</param>
    /// <param name="fidelity">Mean over the trajectories.</param>
    public void Add(double[] ideal, double[][] errors, double fidelity)
    {
        // Σ_{s≠t} d_s·d_t over pairs of trajectories: unbiased for the squared error of their limit.
        var total = ideal.Select((_, output) => Math.Pow(errors.Sum(error => error[output]), 2)).Sum();
        var own = errors.Sum(error => error.Sum(value => value * value));
        _draws.Add(((total - own) / (errors.Length * (errors.Length - 1)), ideal.Sum(value => value * value)));
        _fidelity.Add(fidelity);
    }
}
