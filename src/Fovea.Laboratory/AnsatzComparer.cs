using System.Collections.Concurrent;
using System.Diagnostics;
using Fovea.Core.Errors;
using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Costs;
using Fovea.Laboratory.Gradients;
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
        var decays = cells.GroupBy(cell => (cell.Subject.Ansatz.Name, cell.Subject.Layers)).Select(group => DecayFit.Of([.. group]));
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
                throw new InputException($"{ansatz.Name} takes {ansatz.Wires.Text}: none of --qubits {string.Join(",", request.Qubits)} is");
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
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = request.Threads, CancellationToken = cancellation };
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
