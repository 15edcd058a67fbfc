namespace Fovea.Study.Running;

/// <summary>What became of the cells that were asked for.</summary>
/// <param name="Finished">Cells that were run to their end.</param>
/// <param name="Skipped">Cells that were finished before.</param>
/// <param name="Elsewhere">Cells that another process is running.</param>
/// <param name="Cells">All cells that were asked for.</param>
public sealed record StudyOutcome(int Finished, int Skipped, int Elsewhere, int Cells);
