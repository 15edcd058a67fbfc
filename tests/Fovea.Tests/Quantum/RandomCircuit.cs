using CsCheck;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum;

/// <summary>
/// A circuit over every gate, angle, observable and preparation, with a batch of inputs, weights and cotangents in double
/// precision.
/// </summary>
internal sealed record RandomCircuit(Circuit Circuit, double[] Inputs, double[] Weights, double[] Cotangents)
{
    public const int Batch = 3;
    private const int AngleInputs = 3;
    private const int WeightCount = 5;

    /// <summary>Circuits of 1 to 5 wires and up to 24 gates; weights and inputs are used several times, with scales.</summary>
    public static Gen<RandomCircuit> Generator { get; } =
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 24], Gen.ULong).Select((wires, gates, seed) => Create(wires, gates, seed));

    /// <summary>As above with inputs only in gates on one wire before all others, or in the amplitudes.</summary>
    public static Gen<RandomCircuit> InputsFirst { get; } =
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 24], Gen.ULong)
            .Select((wires, gates, seed) => Create(wires, gates, seed, inputsFirst: true));

    public static RandomCircuit Create(int wires, int gates, ulong seed, bool inputsFirst = false)
    {
        var random = new CounterRandom(seed, 0);
        var preparation = random.NextInt(4) == 0 ? StatePreparation.Amplitudes : StatePreparation.Zero;
        var angleInputs = inputsFirst && preparation == StatePreparation.Amplitudes ? 0 : AngleInputs;
        var leading = inputsFirst && angleInputs > 0 ? gates / 3 : 0;
        var operations = Enumerable.Range(0, gates).Select(gate => NextOperation(
            random, gate < leading ? 1 : 3, wires, inputsFirst && gate >= leading ? 0 : angleInputs)).ToArray();
        var observables = NextObservables(random, wires);
        var inputCount = Math.Max(AngleInputs, preparation == StatePreparation.Amplitudes ? 1 << wires : 0);
        var inputs = Numbers(random, Batch * inputCount, 3.5);
        // Away from zero, where the gradient by amplitudes has no bound.
        for (var sample = 0; sample < Batch; sample++)
            inputs[sample * inputCount] += Math.CopySign(1, inputs[sample * inputCount]);
        return new RandomCircuit(
            new Circuit(wires, inputCount, WeightCount, operations, observables, preparation),
            inputs,
            Numbers(random, WeightCount, 7),
            Numbers(random, Batch * (observables?.Length ?? wires), 1));
    }

    public static double[] Numbers(CounterRandom random, int count, double limit) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble(-limit, limit))];

    public override string ToString() => Circuit.ToString();

    private static Operation NextOperation(CounterRandom random, int maxWires, int wires, int inputs)
    {
        var kinds = Enum.GetValues<GateKind>().Where(kind => GateInfo.Of(kind).WireCount <= Math.Min(wires, maxWires)).ToArray();
        var info = GateInfo.Of(kinds[random.NextInt(kinds.Length)]);
        var order = Enumerable.Range(0, wires).ToArray();
        random.Shuffle<int>(order);
        return new Operation(info.Kind, order.AsSpan(0, info.WireCount), info.HasAngle ? NextAngle(random, inputs) : null);
    }

    private static Angle NextAngle(CounterRandom random, int inputs)
    {
        var scale = random.NextInt(2) == 0 ? 1 : random.NextDouble(-2, 2);
        return random.NextInt(6) switch
        {
            0 => Angle.Constant(random.NextDouble(-4, 4)),
            1 or 2 when inputs > 0 => Angle.Input(random.NextInt(inputs), scale),
            // A quarter of the scale, because a product of inputs changes faster than an input.
            3 when inputs > 0 => Angle.InputProduct(random.NextInt(inputs), random.NextInt(inputs), scale / 4),
            _ => Angle.Weight(random.NextInt(WeightCount), scale),
        };
    }

    /// <summary>Z on every wire (null) half of the time, else Pauli strings or sums of them.</summary>
    private static Observable[]? NextObservables(CounterRandom random, int wires)
    {
        var terms = random.NextInt(4) switch { 0 => 1, 1 => 3, _ => 0 };
        if (terms == 0)
            return null;
        return [.. Enumerable.Range(0, 1 + random.NextInt(wires)).Select(_ => new Observable(
            Enumerable.Range(0, terms).Select(_ => new PauliTerm(random.NextDouble(-1, 1), NextPauli(random, wires)))))];
    }

    private static PauliString NextPauli(CounterRandom random, int wires) =>
        new((ulong)random.NextInt(1 << wires), (ulong)random.NextInt(1 << wires));
}
