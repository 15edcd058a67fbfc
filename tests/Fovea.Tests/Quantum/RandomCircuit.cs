using CsCheck;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum;

/// <summary>A circuit over every gate, with a batch of inputs, weights and cotangents in double precision.</summary>
internal sealed record RandomCircuit(Circuit Circuit, double[] Inputs, double[] Weights, double[] Cotangents)
{
    public const int Batch = 3;
    private const int InputCount = 3;
    private const int WeightCount = 5;

    /// <summary>Circuits of 1 to 5 wires and up to 24 gates; weights and inputs are used several times, with scales.</summary>
    public static Gen<RandomCircuit> Generator { get; } =
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 24], Gen.ULong).Select((wires, gates, seed) => Create(wires, gates, seed));

    public static RandomCircuit Create(int wires, int gates, ulong seed)
    {
        var random = new CounterRandom(seed, 0);
        var operations = Enumerable.Range(0, gates).Select(_ => NextOperation(random, wires)).ToArray();
        var circuit = new Circuit(wires, InputCount, WeightCount, operations);
        return new RandomCircuit(
            circuit,
            Numbers(random, Batch * InputCount, 3.5),
            Numbers(random, WeightCount, 7),
            Numbers(random, Batch * wires, 1));
    }

    public static double[] Numbers(CounterRandom random, int count, double limit) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble(-limit, limit))];

    public override string ToString() => Circuit.ToString();

    private static Operation NextOperation(CounterRandom random, int wires)
    {
        var kinds = Enum.GetValues<GateKind>().Where(kind => GateInfo.Of(kind).WireCount <= wires).ToArray();
        var info = GateInfo.Of(kinds[random.NextInt(kinds.Length)]);
        var order = Enumerable.Range(0, wires).ToArray();
        random.Shuffle<int>(order);
        return new Operation(info.Kind, order.AsSpan(0, info.WireCount), info.HasAngle ? NextAngle(random) : null);
    }

    private static Angle NextAngle(CounterRandom random)
    {
        var scale = random.NextInt(2) == 0 ? 1 : random.NextDouble(-2, 2);
        return random.NextInt(5) switch
        {
            0 => Angle.Constant(random.NextDouble(-4, 4)),
            1 or 2 => Angle.Input(random.NextInt(InputCount), scale),
            _ => Angle.Weight(random.NextInt(WeightCount), scale),
        };
    }
}
