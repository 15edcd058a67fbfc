using Fovea.Core.Errors;
using Fovea.Hardware.Compilation;
using Fovea.Hardware.Profiles;
using Fovea.Laboratory.Results;
using Fovea.Laboratory.Sampling;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Laboratory.Resilience;

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
                ? new() { Noise = profile.Name, Compiled = compiled.Report, Refusal = $"takes {compiled.Noisy.Circuit.WireCount} device qubits; simulated up to {MaxDeviceWires}" }
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
