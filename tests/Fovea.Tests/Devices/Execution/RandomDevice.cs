using Fovea.Core.Random;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Devices.Execution;

/// <summary>Small connected devices with any entangler and noise far above that of real ones, so that no channel hides in rounding.</summary>
internal static class RandomDevice
{
    public static DeviceProfile Create(int qubits, ulong seed)
    {
        var random = new CounterRandom(seed, 11);
        var entangler = Enum.GetValues<EntanglingGate>()[random.NextInt(4)];
        return new DeviceProfile
        {
            Name = "random",
            Entangler = entangler,
            Pulse = entangler == EntanglingGate.RZZ ? PulseGate.GPI2 : PulseGate.SX,
            Qubits = [.. Enumerable.Range(0, qubits).Select(_ => NextQubit(random))],
            Couplings = [.. NextTree(random, qubits)],
        };
    }

    private static QubitProperties NextQubit(CounterRandom random)
    {
        var t1 = random.NextDouble(1e-6, 5e-6);
        return new QubitProperties(t1, t1 * random.NextDouble(0.3, 1.9), random.NextDouble(0, 0.3), NextGate(random, 30e-9),
            new ReadoutError(random.NextDouble(0, 0.2), random.NextDouble(0, 0.2)));
    }

    /// <summary>Each qubit joined to an earlier one, in either direction.</summary>
    private static List<Coupling> NextTree(CounterRandom random, int qubits)
    {
        var edges = new List<Coupling>();
        for (var qubit = 1; qubit < qubits; qubit++)
        {
            var (a, b) = (qubit, random.NextInt(qubit));
            Coupling edge = random.NextInt(2) == 0 ? new(a, b, NextGate(random, 200e-9)) : new(b, a, NextGate(random, 200e-9));
            edges.Add(edge with { Entangler = random.NextInt(2) == 0 ? null : Enum.GetValues<EntanglingGate>()[random.NextInt(4)] });
        }

        return edges;
    }

    private static GateProperties NextGate(CounterRandom random, double seconds) =>
        new(seconds * random.NextDouble(0.5, 2), random.NextDouble(0, 0.1), random.NextDouble(-0.2, 0.2));
}
