using Fovea.Metrics.Distributions;

namespace Fovea.Evaluation.Results;

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

/// <summary>Whether small networks can tell generated from real images that they have not seen.</summary>
public sealed record TwoSampleJudgement
{
    /// <summary>How often they are right about generated and real images.</summary>
    public required TwoSampleAccuracy Generated { get; init; }

    /// <summary>The same about real images and other real images; null where there are too few.</summary>
    public TwoSampleAccuracy? Real { get; init; }

    /// <summary>Optimizer steps of each network.</summary>
    public required int Steps { get; init; }

    /// <summary>Side in pixels at which images are looked at.</summary>
    public required int Side { get; init; }

    /// <summary>Whether persons of several images are known, all of whose images are in one half.</summary>
    public required bool IsByPerson { get; init; }

    /// <summary>The logarithm of the odds that a generated image is generated, for each that was asked about.</summary>
    public required IReadOnlyList<double> GeneratedOdds { get; init; }

    /// <summary>The same of real images.</summary>
    public required IReadOnlyList<double> RealOdds { get; init; }

    /// <summary>The number, in their set, of the generated images.</summary>
    public required IReadOnlyList<int> Asked { get; init; }

    /// <summary>The generated images that were asked about, those first that were most surely called generated.</summary>
    public IEnumerable<int> SurestFirst => Asked.Zip(GeneratedOdds).OrderByDescending(image => image.Second).Select(image => image.First);
}
