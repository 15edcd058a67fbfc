using System.Diagnostics;
using Fovea.Core.Progress;
using Fovea.Study.Cells;
using Fovea.Study.Planning;

namespace Fovea.Study.Running;

/// <summary>Runs cells in processes of their own, several at a time.</summary>
/// <param name="context">The study.</param>
/// <param name="start">How the process of a cell is started.</param>
/// <param name="jobs">Processes at a time.</param>
/// <param name="threads">Threads of each.</param>
internal sealed class CellProcesses(CellContext context, CellProcessStart start, int jobs, int threads)
{
    private const int Interrupted = 130; // the exit code of the command line after Ctrl-C or SIGTERM
    private readonly AutoencoderShelf _shelf = new(context);

    /// <summary>Runs the cells. When cancelled, the processes save their state before this returns.</summary>
    public IReadOnlyList<(StudyCell Cell, CellOutcome Outcome)> RunAll(IReadOnlyCollection<StudyCell> cells, CancellationToken cancellation)
    {
        var queue = new CellQueue(cells);
        var running = new List<(StudyCell Cell, Task<int> Exit)>();
        var outcomes = new List<(StudyCell, CellOutcome)>();
        while (queue.Count + running.Count > 0)
        {
            while (running.Count < jobs && queue.Count > 0 && !cancellation.IsCancellationRequested)
            {
                if (Next(queue, running) is not { } cell) break;
                running.Add((cell, RunAsync(cell, cancellation)));
            }

            if (running.Count == 0) break;
            var ended = Task.WhenAny(running.Select(job => job.Exit)).GetAwaiter().GetResult();
            var (done, exit) = running.Find(job => job.Exit == ended);
            running.RemoveAll(job => job.Exit == ended);
            outcomes.Add((done, OutcomeOf(done, exit.GetAwaiter().GetResult(), cancellation)));
            context.Progress?.Report(new ProgressUpdate("cells", outcomes.Count, cells.Count, "cells", done.Name));
        }

        cancellation.ThrowIfCancellationRequested();
        return outcomes;
    }

    // Two processes that need one autoencoder: the second would only wait.
    private StudyCell? Next(CellQueue queue, List<(StudyCell Cell, Task<int> Exit)> running)
    {
        var claimed = running.Where(job => !_shelf.IsFinished(job.Cell)).Select(job => job.Cell.AutoencoderKey).ToHashSet();
        return queue.TryTake(cell => claimed.Contains(cell.AutoencoderKey) || _shelf.IsBusy(cell)) ?? (running.Count == 0 ? queue.Take() : null);
    }

    private async Task<int> RunAsync(StudyCell cell, CancellationToken cancellation)
    {
        // What it says of an earlier try would be taken for this one's.
        if (File.Exists(context.Folder.FailureOf(cell.Name))) File.Delete(context.Folder.FailureOf(cell.Name));
        var info = start(cell.Name, threads);
        (info.RedirectStandardInput, info.RedirectStandardOutput, info.RedirectStandardError) = (true, true, true);
        context.Announce?.Invoke($"{cell.Name}: begins");
        using var process = Process.Start(info)!;
        // The process ends itself, its state saved, when its input ends: by this, or because this process was killed.
        using var stop = cancellation.Register(process.StandardInput.Close);
        await Task.WhenAll(Pass(cell, process.StandardOutput), Pass(cell, process.StandardError), process.WaitForExitAsync(CancellationToken.None)).ConfigureAwait(false);
        return process.ExitCode;
    }

    private async Task Pass(StudyCell cell, StreamReader lines)
    {
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
            if (line.Length > 0) context.Announce?.Invoke($"[{cell.Name}] {line}");
    }

    private CellOutcome OutcomeOf(StudyCell cell, int exit, CancellationToken cancellation)
    {
        if (context.Folder.ReadResult(cell.Name)?.Fingerprint == cell.Fingerprint) return CellOutcome.Finished;
        if (exit == 0) return CellOutcome.Elsewhere;
        if (!File.Exists(context.Folder.FailureOf(cell.Name)) && !(exit == Interrupted && cancellation.IsCancellationRequested))
            CellWorker.Fail(context, cell, $"its process ended with exit code {exit}");
        return CellOutcome.Failed;
    }
}
