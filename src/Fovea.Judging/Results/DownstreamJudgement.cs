namespace Fovea.Judging.Results;

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

/// <summary>A classifier trained on some images and tested on held-out real ones.</summary>
/// <param name="TrainedOn">real, generated, both.</param>
/// <param name="Images">Images that it was trained on.</param>
/// <param name="BalancedAccuracy">Mean over classes of the share found, over all test images, with its bootstrap interval.</param>
public sealed record DownstreamRow(string TrainedOn, int Images, Figure BalancedAccuracy);
