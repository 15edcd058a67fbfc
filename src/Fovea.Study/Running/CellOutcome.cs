namespace Fovea.Study.Running;

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
