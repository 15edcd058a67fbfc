namespace Fovea.Judging.Assessment.Results;

/// <summary>Whether a classifier can be trained on generated images.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="TestImages">Held-out real images with a class.</param>
/// <param name="Steps">Optimizer steps of each classifier.</param>
/// <param name="Rows">A classifier each.</param>
public sealed record DownstreamJudgement(IReadOnlyList<string> Classes, int TestImages, int Steps, IReadOnlyList<DownstreamRow> Rows)
{
    /// <summary>Balanced accuracy of guessing.</summary>
    public double Chance => 1.0 / Classes.Count;
}
