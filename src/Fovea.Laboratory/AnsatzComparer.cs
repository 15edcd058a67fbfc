using System.Collections.Concurrent;
using System.Diagnostics;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Laboratory;

/// <summary>Analyses several ansätze at several sizes.</summary>
public static class AnsatzComparer
{
    /// <summary>The comparison.</summary>
    /// <exception cref="InputException">Nothing to compare, or a size that is not accepted; one line.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AnsatzComparison Compare(ComparisonRequest request, CancellationToken cancellation = default)
    {
        var subjects = Checked(request);
        var start = Stopwatch.GetTimestamp();
        var cells = Analyze(subjects, request, cancellation);
        if (request.Analysis.SpeedSeconds > 0)
            MeasureSpeed(cells, request, cancellation);
        var decays = cells.GroupBy(cell => (cell.Subject.Ansatz.Name, cell.Subject.Layers)).Select(group => DecayFit.Fit([.. group]));
        return new(cells, [.. decays], request.Encoding.Name(), request.Reupload, request.Analysis.Seed, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Checks a request without analysing anything.</summary>
    /// <exception cref="InputException">As of <see cref="Compare"/>.</exception>
    public static void Check(ComparisonRequest request) => Checked(request);

    private static IReadOnlyList<AnsatzSubject> Checked(ComparisonRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var subjects = request.Subjects();
        foreach (var ansatz in request.Ansaetze)
        {
            if (subjects.All(subject => subject.Ansatz != ansatz))
                throw new InputException($"{ansatz.Name} takes {ansatz.Wires.Text}: none of {new NamedInput("Qubits")} {string.Join(",", request.Qubits)} is");
        }

        foreach (var subject in subjects)
            SubjectRules.Check(subject);
        return subjects;
    }

    private static AnsatzAnalysis[] Analyze(IReadOnlyList<AnsatzSubject> subjects, ComparisonRequest request, CancellationToken cancellation)
    {
        var options = request.Analysis with { SpeedSeconds = 0 };
        var cells = new AnsatzAnalysis[subjects.Count];
        // The largest first, so that no thread is left alone with one at the end.
        var order = Enumerable.Range(0, subjects.Count).OrderByDescending(k => Work(subjects[k])).ToArray();
        var (total, done, gate) = (subjects.Sum(Work), 0.0, new Lock());
        var parallel = Workers.Of(request.Threads, cancellation);
        Parallel.ForEach(Partitioner.Create(order, EnumerablePartitionerOptions.NoBuffering), parallel, k =>
        {
            cells[k] = AnsatzAnalyzer.Analyze(subjects[k], options, cancellation);
            lock (gate)
            {
                done += Work(subjects[k]);
                request.Progress?.Report(new("analysing", (long)(1000 * done / total), 1000, "‰ of the work", subjects[k].ToString()));
            }
        });
        return cells;
    }

    private static void MeasureSpeed(AnsatzAnalysis[] cells, ComparisonRequest request, CancellationToken cancellation)
    {
        for (var k = 0; k < cells.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            cells[k] = cells[k] with { Cost = EngineSpeed.Measure(cells[k].Cost, cells[k].Subject.WithEncoding(), request.Analysis.SpeedSeconds) };
            request.Progress?.Report(new("measuring speed", k + 1, cells.Length, "circuits", cells[k].Subject.ToString()));
        }
    }

    /// <summary>About how long an analysis takes: gates times amplitudes, and what every circuit costs.</summary>
    private static double Work(AnsatzSubject subject)
    {
        var operations = subject.WithEncoding().Operations.Length;
        return operations * (40 + Math.Pow(2, subject.Qubits));
    }
}

/// <summary>Which ansätze are compared at which sizes.</summary>
public sealed record ComparisonRequest
{
    /// <summary>The paper's five as we reconstruct them (arXiv 2508.09903): the default of a comparison.</summary>
    public static IReadOnlyList<string> DefaultNames { get; } = ["strongly-entangling", "hqconv", "fqconv", "ese1-recon", "ese2-recon"];

    /// <summary>The ansätze.</summary>
    public required IReadOnlyList<Ansatz> Ansaetze { get; init; }

    /// <summary>Numbers of qubits; sizes that an ansatz cannot be laid out on are left out.</summary>
    public IReadOnlyList<int> Qubits { get; init; } = [.. Enumerable.Range(2, 11)];

    /// <summary>Numbers of layers.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [.. Enumerable.Range(1, 6)];

    /// <summary>The encoding.</summary>
    public InputEncoding Encoding { get; init; } = InputEncoding.Y;

    /// <summary>Whether it is repeated before every layer.</summary>
    public bool Reupload { get; init; }

    /// <summary>How each is analysed; its <see cref="AnalysisOptions.SpeedSeconds"/> are spent after everything else, one cell after the other.</summary>
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>Most threads, at least 1. Figures don't depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Receives progress; null for none.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>The circuits, by ansatz, then qubits, then layers.</summary>
    public IReadOnlyList<AnsatzSubject> Subjects() =>
    [
        .. from ansatz in Ansaetze
           from qubits in Qubits
           where ansatz.Wires.Allows(qubits)
           from layers in Layers
           select new AnsatzSubject(ansatz, qubits, layers, Encoding, Reupload),
    ];
}
