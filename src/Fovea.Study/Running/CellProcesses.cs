using System.Diagnostics;
using System.Runtime.InteropServices;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Study.Cells;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Training.Stages;

namespace Fovea.Study.Running;

/// <summary>Runs cells in processes of their own, several at a time.</summary>
/// <param name="context">The study.</param>
/// <param name="start">How the process of a cell is started.</param>
/// <param name="jobs">Processes at a time.</param>
/// <param name="threads">Threads of each.</param>
internal sealed class CellProcesses(StudyContext context, CellProcessStart start, int jobs, int threads)
{
    private const int Interrupted = 130; // the exit code of the command line after Ctrl-C or SIGTERM
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
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
            // A process that only trains its denoiser makes way for one that waits for its autoencoder.
            var wait = Task.Delay(running.Count < jobs && queue.Count > 0 ? LookAgain : Timeout.InfiniteTimeSpan, CancellationToken.None);
            var ended = Task.WhenAny(running.Select(job => (Task)job.Exit).Append(wait)).GetAwaiter().GetResult();
            if (running.TrueForAll(job => job.Exit != ended)) continue;
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
        var info = start(context.Folder, context.Dataset, cell.Name, threads);
        (info.RedirectStandardInput, info.RedirectStandardOutput, info.RedirectStandardError) = (true, true, true);
        context.Announce?.Invoke($"{cell.Name}: begins");
        using var process = Process.Start(info)!;
        // The process ends itself, its state saved, when its input ends: by this, or because this process was killed.
        using var stop = cancellation.Register(process.StandardInput.Close);
        await Task.WhenAll(Pass(cell, process.StandardOutput), Pass(cell, process.StandardError), process.WaitForExitAsync(CancellationToken.None))
            .ConfigureAwait(false);
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
            CellWorker.Fail(context, cell, $"its process ended with exit code {exit}", hasDiverged: false);
        return CellOutcome.Failed;
    }
}

/// <summary>How a process that runs one cell is started.</summary>
/// <param name="study">The study's folder.</param>
/// <param name="data">The dataset's folder.</param>
/// <param name="cell">The cell's name.</param>
/// <param name="threads">Threads that it may use; 0 for all cores.</param>
public delegate ProcessStartInfo CellProcessStart(StudyFolder study, string data, string cell, int threads);

/// <summary>Runs cells in this process; what one cell's input or training spoils is that cell's failure.</summary>
internal sealed class CellWorker(StudyContext context, bool force)
{
    private readonly AutoencoderShelf _shelf = new(context);

    /// <summary>Runs cells one after the other.</summary>
    public IReadOnlyList<(StudyCell Cell, CellOutcome Outcome)> RunAll(IReadOnlyCollection<StudyCell> cells, CancellationToken cancellation)
    {
        var queue = new CellQueue(cells);
        var outcomes = new List<(StudyCell, CellOutcome)>();
        while (queue.Count > 0)
        {
            var cell = queue.TryTake(_shelf.IsBusy) ?? queue.Take();
            context.Announce?.Invoke($"cell {outcomes.Count + 1} of {cells.Count}: {cell.Name}");
            outcomes.Add((cell, Run(cell, cancellation)));
        }

        return outcomes;
    }

    private CellOutcome Run(StudyCell cell, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var mine = FileLock.TryTake(Path.Combine(context.Folder.WorkOf(cell.Name), CellFolders.LockName));
        if (mine is null)
        {
            context.Announce?.Invoke($"{cell.Name}: another process is running it");
            return CellOutcome.Elsewhere;
        }

        // Another process may have finished it since this one looked.
        if (context.Folder.ReadResult(cell.Name)?.Fingerprint == cell.Fingerprint) return CellOutcome.Finished;
        try
        {
            new CellRun(context, cell).Execute(force, cancellation);
            return CellOutcome.Finished;
        }
        catch (AggregateException several) when (several.Flatten().InnerExceptions is [var e, ..] && IsOfTheCell(e))
        {
            return Failed(cell, e);
        }
        catch (Exception e) when (IsOfTheCell(e))
        {
            return Failed(cell, e);
        }
    }

    // Not a fault of the program, which ends it.
    private static bool IsOfTheCell(Exception e) =>
        e is InputException or DivergenceException or IOException or UnauthorizedAccessException or ExternalException;

    private CellOutcome Failed(StudyCell cell, Exception e)
    {
        Fail(context, cell, e is InputException input ? input.MessageWith(context.NameOf) : e.Message, e is DivergenceException);
        return CellOutcome.Failed;
    }

    /// <summary>Writes down why a cell failed.</summary>
    public static void Fail(StudyContext context, StudyCell cell, string reason, bool hasDiverged)
    {
        var line = reason.ReplaceLineEndings(" ").Trim();
        context.Folder.WriteFailure(cell.Name, line, hasDiverged ? cell.Fingerprint : null);
        context.Announce?.Invoke($"{cell.Name} failed: {line}");
    }
}

/// <summary>Cells that wait, those first that need wait for nobody's autoencoder.</summary>
internal sealed class CellQueue(IEnumerable<StudyCell> cells)
{
    private readonly List<StudyCell> _waiting = [.. cells];

    /// <summary>Cells that wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Takes the first cell whose autoencoder nobody is training, or null when all would have to wait.</summary>
    /// <param name="isBusy">Whether a cell would have to wait.</param>
    public StudyCell? TryTake(Func<StudyCell, bool> isBusy)
    {
        var at = _waiting.FindIndex(cell => !isBusy(cell));
        return at < 0 ? null : TakeAt(at);
    }

    /// <summary>Takes the first cell.</summary>
    public StudyCell Take() => TakeAt(0);

    private StudyCell TakeAt(int at)
    {
        var cell = _waiting[at];
        _waiting.RemoveAt(at);
        return cell;
    }
}

/// <summary>What became of a cell.</summary>
internal enum CellOutcome
{
    /// <summary>It has its result.</summary>
    Finished,

    /// <summary>It failed; the reason is in its file.</summary>
    Failed,

    /// <summary>Another process is running it.</summary>
    Elsewhere,
}

/// <summary>Some cells of a study failed; the others are done. The message names them in one line.</summary>
public sealed class CellsFailedException(string message) : Exception(message);
