using Fovea.Core.Random;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Devices.Compilation;

/// <summary>Device profiles in code: couplings in alternating directions, numbers that differ from qubit to qubit.</summary>
internal static class TestDevices
{
    public static TheoryData<EntanglingGate> Entanglers { get; } = [.. Enum.GetValues<EntanglingGate>()];

    public static IEnumerable<DeviceProfile> All(EntanglingGate entangler, int atLeast) =>
        [Line(Math.Max(atLeast, 2), entangler), Grid(3, 3, entangler), HeavyHex(entangler), AllToAll(Math.Max(atLeast, 2), entangler)];

    public static DeviceProfile Line(int qubits, EntanglingGate entangler) =>
        Noisy($"line-{qubits}", qubits, entangler, Enumerable.Range(0, qubits - 1).Select(k => (k, k + 1)));

    public static DeviceProfile Grid(int rows, int columns, EntanglingGate entangler) =>
        Noisy($"grid-{rows}x{columns}", rows * columns, entangler, Enumerable.Range(0, rows * columns).SelectMany(k => new[] { (k, k + 1), (k, k + columns) })
            .Where(edge => edge.Item2 < rows * columns && (edge.Item2 == edge.Item1 + columns || edge.Item2 % columns != 0)));

    /// <summary>One ring of twelve with two tails of two.</summary>
    public static DeviceProfile HeavyHex(EntanglingGate entangler) => Noisy("heavy-hex-16", 16, entangler,
        [.. Enumerable.Range(0, 12).Select(k => (k, (k + 1) % 12)), (0, 12), (12, 13), (6, 14), (14, 15)]);

    public static DeviceProfile AllToAll(int qubits, EntanglingGate entangler) => Noisy($"all-to-all-{qubits}", qubits, entangler,
        Enumerable.Range(0, qubits).SelectMany(a => Enumerable.Range(a + 1, qubits - a - 1).Select(b => (a, b))));

    public static DeviceProfile Noisy(string name, int qubits, EntanglingGate entangler, IEnumerable<(int, int)> edges)
    {
        var random = new CounterRandom(7, 7);
        return new DeviceProfile
        {
            Name = name,
            Entangler = entangler,
            Pulse = entangler == EntanglingGate.RZZ ? PulseGate.GPI2 : PulseGate.SX,
            Qubits = [.. Enumerable.Range(0, qubits).Select(_ => NextQubit(random))],
            Couplings = [.. edges.Select((edge, k) => int.IsEvenInteger(k) ? edge : (edge.Item2, edge.Item1))
                .Select(edge => new Coupling(edge.Item1, edge.Item2, new GateProperties(68e-9, random.NextDouble(2e-3, 8e-3), 0.01)))],
        };
    }

    /// <summary>The same device with kinds of entanglers that differ from pair to pair.</summary>
    public static DeviceProfile Mixed(DeviceProfile profile, ulong seed)
    {
        var random = new CounterRandom(seed, 13);
        return profile with
        {
            Name = "mixed-" + profile.Name,
            Couplings = [.. profile.Couplings.Select(edge => edge with { Entangler = Enum.GetValues<EntanglingGate>()[random.NextInt(4)] })],
        };
    }

    public static DeviceProfile WithoutNoise(DeviceProfile profile) => profile with
    {
        Qubits = [.. profile.Qubits.Select(qubit => new QubitProperties(
            double.PositiveInfinity, double.PositiveInfinity, 0, new GateProperties(qubit.Pulse.Seconds, 0), ReadoutError.None))],
        Couplings = [.. profile.Couplings.Select(edge => edge with { Gate = new GateProperties(edge.Gate.Seconds, 0) })],
    };

    private static QubitProperties NextQubit(CounterRandom random)
    {
        var t1 = random.NextDouble(100e-6, 300e-6);
        return new QubitProperties(t1, t1 * random.NextDouble(0.5, 1.9), random.NextDouble(0, 0.02),
            new GateProperties(36e-9, random.NextDouble(3e-4, 6e-4), 0.002), new ReadoutError(random.NextDouble(0.002, 0.02), random.NextDouble(0.002, 0.03)));
    }
}
