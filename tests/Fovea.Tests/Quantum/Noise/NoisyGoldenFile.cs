using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Quantum.Noise;

/// <summary>A noisy strongly entangling circuit with values from outside density-matrix simulators (see the file's own "about").</summary>
internal sealed record NoisyGoldenCase(string Name, NoisyCircuit Noisy, double[] Inputs, double[] Weights, double[] Expectations, double[] Purities);

internal static class NoisyGoldenFile
{
    public static NoisyGoldenCase[] Load()
    {
        using var document = GoldenFile.Open("golden_noise.json");
        var root = document.RootElement;
        var (inputs, weights) = (GoldenFile.Flatten(root.GetProperty("inputs")), GoldenFile.Flatten(root.GetProperty("weights")));
        return [.. root.GetProperty("cases").EnumerateArray().Select(item =>
        {
            var (noise, when) = (item.GetProperty("noise").GetString()!, item.GetProperty("when_1q").GetString()!);
            return new NoisyGoldenCase(
                $"{noise}, {when}",
                Build(root.GetProperty("n").GetInt32(), root.GetProperty("L").GetInt32(), noise, when),
                inputs,
                weights,
                GoldenFile.Flatten(item.GetProperty("z")),
                item.TryGetProperty("purity", out var purity) ? GoldenFile.Flatten(purity) : []);
        })];
    }

    /// <summary>The conventions are those of the file: error probabilities shared by the Paulis other than the identity.</summary>
    private static NoisyCircuit Build(int wires, int layers, string noise, string when)
    {
        var circuit = new QuantumLayerSpec { Qubits = wires, Layers = layers, Ansatz = "sel" }.BuildCircuit();
        var (one, two, damping) = noise switch
        {
            "all three" => (true, true, true),
            _ => (
                noise.Contains("1q", StringComparison.Ordinal),
                noise.Contains("2q", StringComparison.Ordinal),
                noise.Contains("damping", StringComparison.Ordinal)),
        };
        var channels = new List<ChannelInsertion>();
        for (var index = 0; index < circuit.Operations.Length; index++)
        {
            var operation = circuit.Operations[index];
            var isPair = operation.Wires.Length == 2;
            // A Rot is RZ, RY, RZ: three gates, or one whose end is every third gate of the wire.
            var isEnd = when == "per_elementary_gate" || index < wires || (index + 1 < circuit.Operations.Length
                && !circuit.Operations[index + 1].Wires.SequenceEqual(operation.Wires));
            if (isPair && two)
                channels.Add(new(index + 1, Channels.DepolarizingByError(0.02, wires: 2), operation.Wires));
            if (!isPair && one && isEnd)
                channels.Add(new(index + 1, Channels.DepolarizingByError(0.01), operation.Wires));
        }

        if (damping)
        {
            channels.AddRange(
                Enumerable.Range(0, wires).Select(wire => new ChannelInsertion(circuit.Operations.Length, Channels.AmplitudeDamping(0.05), [wire])));
        }

        return new NoisyCircuit(circuit, channels);
    }
}
