using Fovea.Imaging.Datasets;

namespace Fovea.Judging.Grading;

/// <summary>How a grader's verdicts stand beside labels.</summary>
public sealed record GraderConfusion
{
    /// <summary>[label][verdict]: images, in the order good, usable, reject.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; init; }

    /// <summary>Images whose label is good or usable and that are not gradable to the grader.</summary>
    public required int Refused { get; init; }

    /// <summary>Images whose label is reject and that are gradable to the grader.</summary>
    public required int Passed { get; init; }

    /// <summary>Images in all.</summary>
    public int Total => Counts.Sum(row => row.Sum());

    /// <summary>Share of wrong verdicts between gradable and not.</summary>
    public double BinaryError => (Refused + Passed) / (double)Total;

    /// <summary>Share of exact grades.</summary>
    public double Accuracy => Counts.Select((row, grade) => row[grade]).Sum() / (double)Total;

    internal static GraderConfusion Measure(Grader grader, ImageDataset dataset, IReadOnlyList<(int Index, QualityGrade Grade)> images, CancellationToken cancellation)
    {
        var verdicts = grader.Grade([.. images.Select(image => dataset.GetImage(image.Index).ToArray())], cancellation);
        var grades = Enum.GetValues<QualityGrade>();
        var pairs = images.Zip(verdicts, (image, verdict) => (Label: image.Grade, Verdict: verdict)).ToArray();
        return new()
        {
            Counts = [.. grades.Select(label => (IReadOnlyList<int>)[.. grades.Select(verdict => pairs.Count(pair => pair.Label == label && pair.Verdict.Grade == verdict))])],
            Refused = pairs.Count(pair => pair.Label != QualityGrade.Reject && !pair.Verdict.IsGradable),
            Passed = pairs.Count(pair => pair.Label == QualityGrade.Reject && pair.Verdict.IsGradable),
        };
    }
}
