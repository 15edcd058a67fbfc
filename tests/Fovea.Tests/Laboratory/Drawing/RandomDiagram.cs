using CsCheck;
using Fovea.Laboratory.Drawing;
using Fovea.Tests.Quantum;

namespace Fovea.Tests.Laboratory.Drawing;

/// <summary>A random circuit of up to 12 wires with sections and marks.</summary>
internal static class RandomDiagram
{
    public static Gen<CircuitDiagram> Generator { get; } =
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 60], Gen.ULong, Gen.Int[1, 20], Gen.Int[2, 5]).Select(Create);

    private static CircuitDiagram Create(int wires, int gates, ulong seed, int sectionLength, int markDistance)
    {
        var circuit = RandomCircuit.Create(wires, gates, seed).Circuit;
        var starts = Enumerable.Range(0, gates).Where(index => index % sectionLength == sectionLength / 2);
        return new CircuitDiagram(
            circuit,
            starts.Select(start => new CircuitSection(start, $"part & {start}")),
            Enumerable.Range(0, gates).Where(index => index % markDistance == 1));
    }
}
