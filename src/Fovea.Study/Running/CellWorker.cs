using System.Runtime.InteropServices;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Study.Cells;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Training.Stages;

namespace Fovea.Study.Running;

/// <summary>Runs cells in this process; what one cell's input or training spoils is that cell's failure.</summary>
internal sealed class CellWorker(CellContext context, bool force)
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
        catch (Exception e) when (e is InputException or DivergenceException or IOException or UnauthorizedAccessException or ExternalException)
        {
            Fail(context, cell, e.Message);
            return CellOutcome.Failed;
        }
    }

    /// <summary>Writes down why a cell failed.</summary>
    public static void Fail(CellContext context, StudyCell cell, string reason)
    {
        var line = reason.ReplaceLineEndings(" ").Trim();
        Directory.CreateDirectory(context.Folder.Failures);
        AtomicFile.WriteText(context.Folder.FailureOf(cell.Name), line + "\n");
        context.Announce?.Invoke($"{cell.Name} failed: {line}");
    }
}
