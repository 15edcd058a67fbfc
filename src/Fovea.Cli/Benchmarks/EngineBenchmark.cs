using System.Globalization;
using System.Numerics;
using Fovea.Core.Progress;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Planning;

namespace Fovea.Cli.Benchmarks;

/// <summary>Measures engines over a grid of circuits and writes a table of comma-separated values.</summary>
internal sealed class EngineBenchmark
{
    private const int Rounds = 2;
    private const string Header =
        "ansatz,qubits,layers,batch,precision,threads,engine,forward_circuits_per_s,gradient_circuits_per_s,operations_per_gradient,share_of_sgemm";

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
            string.Create(CultureInfo.InvariantCulture, $"# one thread of this machine: sgemm {machine.Sgemm / 1e9:F1} Gop/s, copy {machine.Copy / 1e9:F1} GB/s"),
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
                    var plans = Enum.GetValues<EngineKind>().Select(kind => TryPlan(planner, circuit, kind)).OfType<(EngineKind, EnginePlan)>();
                    cells.AddRange(plans.SelectMany(plan => Threads.Select(threads => new Cell(ansatz.Name, precision, threads, plan.Item1, plan.Item2))));
                }
            }
        }

        return cells;
    }

    private static (EngineKind Kind, EnginePlan Plan)? TryPlan(EnginePlanner planner, Fovea.Quantum.Circuits.Circuit circuit, EngineKind kind)
    {
        try
        {
            return (kind, planner.Plan(circuit, kind));
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private EngineRate Rate(Cell cell, TimeSpan time, CancellationToken cancellation) =>
        cell.Precision == "double" ? Rate<double>(cell, time, cancellation) : Rate<float>(cell, time, cancellation);

    private string Line(Cell cell, EngineRate rate, MachineRates machine)
    {
        var (circuit, operations) = (cell.Plan.Circuit, cell.Plan.Chosen.Operations);
        var share = rate.Gradient * operations / (machine.Sgemm * cell.Threads);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cell.Ansatz},{circuit.WireCount},{Layers},{Batch},{cell.Precision},{cell.Threads},{EngineNames.Of(cell.Kind)},{rate.Forward:F0},{rate.Gradient:F0},{operations:F0},{share:F3}");
    }

    private EngineRate Rate<T>(Cell cell, TimeSpan time, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        EngineRate.Measure(cell.Plan.CreateEngine<T>(cell.Threads), Batch, time, cancellation);

    private sealed record Cell(string Ansatz, string Precision, int Threads, EngineKind Kind, EnginePlan Plan);
}
