using Fovea.Study.Planning;

namespace Fovea.Study.Running;

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
