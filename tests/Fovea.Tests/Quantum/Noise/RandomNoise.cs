using System.Numerics;
using CsCheck;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Quantum.Noise;

/// <summary>Random noisy circuits: every channel of the library and unnamed ones, anywhere in a random circuit.</summary>
internal sealed record RandomNoise(NoisyCircuit Noisy, double[] Inputs, double[] Weights, double[] Cotangents)
{
    public const int Batch = 2;

    /// <summary>Any gates and angles, 1 to 4 wires.</summary>
    public static Gen<RandomNoise> Anywhere { get; } = Gen.Select(Gen.Int[1, 4], Gen.Int[0, 14], Gen.ULong)
        .Select((wires, gates, seed) => Create(wires, gates, seed, inputsFirst: false));

    /// <summary>Fixed gates and one input a wire first, then weights and constants: what the trigonometric form takes.</summary>
    public static Gen<RandomNoise> InputsFirst { get; } = Gen.Select(Gen.Int[1, 4], Gen.Int[0, 14], Gen.ULong)
        .Select((wires, gates, seed) => Create(wires, gates, seed, inputsFirst: true));

    public override string ToString() =>
        Noisy.Circuit + string.Join('\n', Noisy.Channels.Select(c => $"{c.Position}: {c.Channel} {string.Join(' ', c.Wires)}"));

    public static QuantumChannel NextChannel(CounterRandom random, int wires) => (wires, random.NextInt(wires == 1 ? 9 : 3)) switch
    {
        (1, 0) => Channels.BitFlip(random.NextDouble()),
        (1, 1) => Channels.PhaseFlip(random.NextDouble()),
        (1, 2) => Channels.BitPhaseFlip(random.NextDouble()),
        (1, 3) => Channels.AmplitudeDamping(random.NextDouble()),
        (1, 4) => Channels.PhaseDamping(random.NextDouble()),
        (1, 5) => Channels.ThermalRelaxation(50e-6, 70e-6, random.NextDouble(0, 1e-5), random.NextDouble(0, 0.3)),
        (1, 6) => Channels.OverRotation("XYZ"[random.NextInt(3)].ToString(), random.NextDouble(-1, 1)),
        (1, 7) => Channels.DepolarizingByMixing(random.NextDouble()),
        (2, 0) => Channels.DepolarizingByError(random.NextDouble(), wires: 2),
        (2, 1) => Channels.OverRotation($"{"XYZ"[random.NextInt(3)]}{"XYZ"[random.NextInt(3)]}", random.NextDouble(-1, 1)),
        _ => NextUnnamed(random, wires),
    };

    /// <summary>Kraus operators from a random isometry: the columns of a random matrix made orthonormal (Gram and Schmidt).</summary>
    private static QuantumChannel NextUnnamed(CounterRandom random, int wires)
    {
        const int operators = 3;
        var size = 1 << wires;
        var columns = new Complex[size][];
        for (var c = 0; c < size; c++)
        {
            var column = Enumerable.Range(0, operators * size).Select(_ => new Complex(random.NextNormal(), random.NextNormal())).ToArray();
            foreach (var other in columns.Take(c))
            {
                var overlap = other.Zip(column, (a, b) => Complex.Conjugate(a) * b).Aggregate(Complex.Zero, (sum, term) => sum + term);
                column = [.. column.Zip(other, (a, b) => a - (overlap * b))];
            }

            var norm = Math.Sqrt(column.Sum(a => (a.Real * a.Real) + (a.Imaginary * a.Imaginary)));
            columns[c] = [.. column.Select(a => a / norm)];
        }

        return new("unnamed", Enumerable.Range(0, operators).Select(k =>
        {
            var kraus = new Complex[size, size];
            for (var row = 0; row < size; row++)
            {
                for (var c = 0; c < size; c++)
                    kraus[row, c] = columns[c][(k * size) + row];
            }

            return kraus;
        }));
    }

    public static RandomNoise Create(int wires, int gates, ulong seed, bool inputsFirst)
    {
        var random = new CounterRandom(seed, 1);
        var operations = new List<Operation>();
        for (var wire = 0; inputsFirst && wire < wires; wire++)
            AddEntry(random, operations, wire);
        while (operations.Count < gates)
            operations.Add(NextOperation(random, wires, withInputs: !inputsFirst));
        var circuit = new Circuit(wires, 3, 5, operations, NextObservables(random, wires));
        var channels = Enumerable.Range(0, 1 + random.NextInt(6)).Select(_ => NextInsertion(random, wires, operations, inputsFirst));
        ReadoutError[] readout = [.. Enumerable.Range(0, wires).Select(_ => new ReadoutError(random.NextDouble(0, 0.4), random.NextDouble(0, 0.4)))];
        return new(
            new NoisyCircuit(circuit, channels, random.NextInt(2) == 0 ? readout : null),
            RandomCircuit.Numbers(random, Batch * 3, 3.5),
            RandomCircuit.Numbers(random, 5, 7),
            RandomCircuit.Numbers(random, Batch * circuit.Observables.Length, 1));
    }

    private static void AddEntry(CounterRandom random, List<Operation> operations, int wire)
    {
        GateKind[] rotations = [GateKind.RX, GateKind.RY, GateKind.RZ];
        if (random.NextInt(2) == 0)
            operations.Add(new(random.NextInt(2) == 0 ? GateKind.H : GateKind.SX, [wire]));
        if (random.NextInt(3) == 0)
            operations.Add(new(rotations[random.NextInt(3)], [wire], Angle.Constant(random.NextDouble(-3, 3))));
        if (random.NextInt(4) == 0)
            return;
        var angle = random.NextInt(4) == 0 ? Angle.InputProduct(random.NextInt(3), random.NextInt(3), 0.7) : Angle.Input(random.NextInt(3), -1.3);
        operations.Add(new(rotations[random.NextInt(3)], [wire], angle));
    }

    private static Operation NextOperation(CounterRandom random, int wires, bool withInputs)
    {
        var kinds = Enum.GetValues<GateKind>().Where(kind => GateInfo.Of(kind).WireCount <= wires).ToArray();
        var info = GateInfo.Of(kinds[random.NextInt(kinds.Length)]);
        var order = Enumerable.Range(0, wires).ToArray();
        random.Shuffle<int>(order);
        Angle? angle = !info.HasAngle ? null : random.NextInt(withInputs ? 4 : 2) switch
        {
            0 => Angle.Constant(random.NextDouble(-3, 3)),
            1 => Angle.Weight(random.NextInt(5), random.NextDouble(-2, 2)),
            2 => Angle.Input(random.NextInt(3), 1.1),
            _ => Angle.InputProduct(random.NextInt(3), random.NextInt(3), 0.6),
        };
        return new(info.Kind, order.AsSpan(0, info.WireCount), angle);
    }

    private static Observable[]? NextObservables(CounterRandom random, int wires) => random.NextInt(2) == 0 ? null :
        [.. Enumerable.Range(0, 2).Select(_ => new Observable(Enumerable.Range(0, 2).Select(_ =>
            new PauliTerm(random.NextDouble(-1, 1), new PauliString((ulong)random.NextInt(1 << wires), (ulong)random.NextInt(1 << wires))))))];

    /// <summary>Ahead of the inputs only channels of one wire, so that the state stays a product there.</summary>
    private static ChannelInsertion NextInsertion(CounterRandom random, int wires, List<Operation> operations, bool inputsFirst)
    {
        var lastInput = inputsFirst ? operations.FindLastIndex(o => o.Angle is { Source: AngleSource.Input or AngleSource.InputProduct }) : -1;
        var position = random.NextInt(operations.Count + 1);
        var size = wires == 1 || position <= lastInput ? 1 : 1 + random.NextInt(2);
        var order = Enumerable.Range(0, wires).ToArray();
        random.Shuffle<int>(order);
        return new(position, NextChannel(random, size), [.. order[..size]]);
    }
}
