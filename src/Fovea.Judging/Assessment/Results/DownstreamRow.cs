namespace Fovea.Judging.Assessment.Results;

/// <summary>A classifier trained on some images and tested on held-out real ones.</summary>
/// <param name="TrainedOn">real, generated, both.</param>
/// <param name="Images">Images that it was trained on.</param>
/// <param name="BalancedAccuracy">Mean over classes of the share found, over all test images, with its bootstrap interval.</param>
public sealed record DownstreamRow(string TrainedOn, int Images, Figure BalancedAccuracy);
