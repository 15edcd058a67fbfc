using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fovea.Core;
using Fovea.Core.Random;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;
using Fovea.Torch.Runtime;
using static TorchSharp.torch;

namespace Fovea.Cli.Benchmarks;

/// <summary>Measures engines over a grid of circuits and writes a table of comma-separated values.</summary>
internal sealed class EngineBenchmark
{
    private const int Rounds = 2;
    private const string Header =
        "ansatz,qubits,layers,batch,precision,threads,engine,forward_circuits_per_s,gradient_circuits_per_s,operations_per_gradient,"
        + "share_of_sgemm,share_of_peak";

    /// <summary>The circuits and settings; every combination is measured with every engine that can run it.</summary>
    internal required IReadOnlyList<string> Ansaetze { get; init; }

    internal required IReadOnlyList<int> Qubits { get; init; }

    internal required int Layers { get; init; }

    internal required int Batch { get; init; }

    internal required IReadOnlyList<int> Threads { get; init; }

    internal required IReadOnlyList<string> Precisions { get; init; }

    /// <summary>Measures everything in about <paramref name="total"/>.</summary>
    internal IReadOnlyList<string> Run(TimeSpan total, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        var machine = MachineRates.Measure();
        var cells = Cells();
        var lines = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"# one thread of this machine: sgemm {machine.Sgemm / 1e9:F1} Gop/s, multiply-adds in registers {machine.Peak / 1e9:F1} Gop/s, "
                    + $"copy {machine.Copy / 1e9:F1} GB/s"),
            Header,
        };
        // Twice around: in the first round the run-time compiler is still at work, and other work on the machine comes and goes.
        var rates = new EngineRate[cells.Count];
        for (var k = 0; k < Rounds * cells.Count; k++)
        {
            var rate = Rate(cells[k % cells.Count], total / (Rounds * cells.Count), cancellation);
            rates[k % cells.Count] = rates[k % cells.Count]?.Best(rate) ?? rate;
            progress.Report(new ProgressUpdate("engines", k + 1, Rounds * cells.Count, "measurements"));
        }

        lines.AddRange(cells.Zip(rates, (cell, rate) => Line(cell, rate, machine)));
        return lines;
    }

    private List<Cell> Cells()
    {
        var cells = new List<Cell>();
        foreach (var ansatz in Ansaetze.Select(AnsatzRegistry.Resolve))
        {
            foreach (var qubits in Qubits)
            {
                var circuit = new QuantumLayerSpec { Qubits = qubits, Layers = Layers }.BuildCircuit(ansatz);
                foreach (var precision in Precisions)
                {
                    var planner = new EnginePlanner(Batch, precision == "double");
                    var plans = Enum.GetValues<EngineKind>().Select(kind => (Kind: kind, Plan: planner.TryPlan(circuit, kind, out _)))
                        .Where(plan => plan.Plan is not null);
                    cells.AddRange(plans.SelectMany(plan => Threads.Select(threads => new Cell(ansatz.Name, precision, threads, plan.Kind, plan.Plan!))));
                }
            }
        }

        return cells;
    }

    private EngineRate Rate(Cell cell, TimeSpan time, CancellationToken cancellation) =>
        cell.Precision == "double" ? Rate<double>(cell, time, cancellation) : Rate<float>(cell, time, cancellation);

    private string Line(Cell cell, EngineRate rate, MachineRates machine)
    {
        var (circuit, operations) = (cell.Plan.Circuit, cell.Plan.Chosen.Operations);
        var rateOfOperations = rate.Gradient * operations / cell.Threads;
        var peak = cell.Precision == "double" ? machine.Peak / 2 : machine.Peak;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cell.Ansatz},{circuit.WireCount},{Layers},{Batch},{cell.Precision},{cell.Threads},{EngineNames.Of(cell.Kind)},"
                + $"{rate.Forward:F0},{rate.Gradient:F0},{operations:F0},"
                + $"{rateOfOperations / machine.Sgemm:F3},{rateOfOperations / peak:F3}");
    }

    private EngineRate Rate<T>(Cell cell, TimeSpan time, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        EngineRate.Measure(cell.Plan.CreateEngine<T>(cell.Threads), Batch, time, cancellation);

    private sealed record Cell(string Ansatz, string Precision, int Threads, EngineKind Kind, EnginePlan Plan);
}

/// <summary>How many circuits a second an engine does, by the shortest of many calls: other work on the machine only adds.</summary>
/// <param name="Forward">Expectation values, circuits a second.</param>
/// <param name="Gradient">Vector-Jacobian products, which include their own forward pass, circuits a second.</param>
internal sealed record EngineRate(double Forward, double Gradient)
{
    /// <summary>The better of two measurements.</summary>
    internal EngineRate Best(EngineRate other) => new(Math.Max(Forward, other.Forward), Math.Max(Gradient, other.Gradient));

    internal static EngineRate Measure<T>(IExpectationEngine<T> engine, int batch, TimeSpan time, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(1, 0);
        T[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble(-3, 3)))];
        var (inputs, weights) = (Numbers(batch * engine.Circuit.InputCount), Numbers(engine.Circuit.WeightCount));
        var (outputs, cotangents) = (new T[batch * engine.OutputCount], Numbers(batch * engine.OutputCount));
        var (inputGradients, weightGradients) = (new T[inputs.Length], new T[weights.Length]);
        // New weights in every call, as in training: what is computed once for a set of weights counts in full.
        double Rate(Action call) => batch / Shortest(() => weights[0] += T.CreateTruncating(0.001), call, time / 2, cancellation);
        return new(
            Rate(() => engine.Forward(inputs, weights, outputs)),
            Rate(() => engine.VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients)));
    }

    private static double Shortest(Action before, Action call, TimeSpan time, CancellationToken cancellation)
    {
        var (shortest, clock) = (double.MaxValue, Stopwatch.StartNew());
        for (var calls = 0; calls < 3 || clock.Elapsed < time; calls++)
        {
            cancellation.ThrowIfCancellationRequested();
            before();
            var start = Stopwatch.GetTimestamp();
            call();
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return shortest;
    }
}

/// <summary>What one thread of this machine can do at best, to hold engines against.</summary>
/// <param name="Sgemm">Single-precision matrix product of 1024 × 1024 matrices, operations a second.</param>
/// <param name="Peak">Single-precision multiply-adds that neither load nor wait, operations a second: the arithmetic's limit.</param>
/// <param name="Copy">Copy of 64 MiB in memory, bytes a second.</param>
internal sealed record MachineRates(double Sgemm, double Peak, double Copy)
{
    private const int Turns = 1 << 20;
    private const int Side = 1024;
    private const int Bytes = 64 << 20;
    private const int Repetitions = 8;

    internal static MachineRates Measure()
    {
        TorchRuntime.Initialize(1);
        using var scope = NewDisposeScope();
        var (left, right) = (rand(Side, Side), rand(Side, Side));
        var (source, target) = (new byte[Bytes], new byte[Bytes]);
        source.AsSpan().Fill(1);
        return new(
            2.0 * Side * Side * Side / Shortest(() => left.mm(right).Dispose()),
            (Vector512.IsHardwareAccelerated ? 16 : 8) * 16.0 * Turns / Shortest(() => MultiplyAdds(Turns)),
            Bytes / Shortest(() => source.CopyTo(target, 0)));
    }

    /// <summary>Eight sums that do not wait for each other, a multiply-add each a turn. Twice, as sums of two registers each would not fit into 16.</summary>
    private static float MultiplyAdds(int turns) => Vector512.IsHardwareAccelerated ? MultiplyAdds512(turns) : MultiplyAdds256(turns);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float MultiplyAdds512(int turns)
    {
        var (factor, addend) = (Vector512.Create(0.999f), Vector512.Create(1e-3f));
        Vector512<float> a = addend, b = addend, c = addend, d = addend, e = addend, f = addend, g = addend, h = addend;
        for (var turn = 0; turn < turns; turn++)
        {
            a = Vector512.FusedMultiplyAdd(a, factor, addend);
            b = Vector512.FusedMultiplyAdd(b, factor, addend);
            c = Vector512.FusedMultiplyAdd(c, factor, addend);
            d = Vector512.FusedMultiplyAdd(d, factor, addend);
            e = Vector512.FusedMultiplyAdd(e, factor, addend);
            f = Vector512.FusedMultiplyAdd(f, factor, addend);
            g = Vector512.FusedMultiplyAdd(g, factor, addend);
            h = Vector512.FusedMultiplyAdd(h, factor, addend);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float MultiplyAdds256(int turns)
    {
        var (factor, addend) = (Vector256.Create(0.999f), Vector256.Create(1e-3f));
        Vector256<float> a = addend, b = addend, c = addend, d = addend, e = addend, f = addend, g = addend, h = addend;
        for (var turn = 0; turn < turns; turn++)
        {
            a = Vector256.FusedMultiplyAdd(a, factor, addend);
            b = Vector256.FusedMultiplyAdd(b, factor, addend);
            c = Vector256.FusedMultiplyAdd(c, factor, addend);
            d = Vector256.FusedMultiplyAdd(d, factor, addend);
            e = Vector256.FusedMultiplyAdd(e, factor, addend);
            f = Vector256.FusedMultiplyAdd(f, factor, addend);
            g = Vector256.FusedMultiplyAdd(g, factor, addend);
            h = Vector256.FusedMultiplyAdd(h, factor, addend);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h);
    }

    private static double Shortest(Action work)
    {
        work();
        return Enumerable.Range(0, Repetitions).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }
}
