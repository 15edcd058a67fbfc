using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Judges.Grading;

/// <summary>How well a photograph can be read, in the three grades of EyeQ (Fu et al. 2019, arXiv 1907.05345).</summary>
public enum QualityGrade
{
    /// <summary>No fault worth naming.</summary>
    Good,

    /// <summary>A fault is seen; the main structures and lesions can be told.</summary>
    Usable,

    /// <summary>Not to be read.</summary>
    Reject,
}

/// <summary>A grader's verdict on one image.</summary>
/// <param name="Good">Probability of <see cref="QualityGrade.Good"/>.</param>
/// <param name="Usable">Probability of <see cref="QualityGrade.Usable"/>.</param>
/// <param name="Reject">Probability of <see cref="QualityGrade.Reject"/>.</param>
public readonly record struct GradeProbabilities(double Good, double Usable, double Reject)
{
    // AutoMorph's rule (Zhou et al. 2022): a usable image counts only when a reject is unlikely.
    private const double MostReject = 0.25;

    /// <summary>Whether the grader gave finite numbers; without them there is no grade.</summary>
    public bool IsKnown => double.IsFinite(Good + Usable + Reject);

    /// <summary>The most probable grade; the better one of equals.</summary>
    public QualityGrade Grade => Good >= Usable && Good >= Reject ? QualityGrade.Good : Usable >= Reject ? QualityGrade.Usable : QualityGrade.Reject;

    /// <summary>Gradable: good, or usable with P(reject) below 0.25 (the rule of AutoMorph). Stricter than "good or usable".</summary>
    public bool IsGradable => Grade == QualityGrade.Good || (Grade == QualityGrade.Usable && Reject < MostReject);
}

/// <summary>Quality labels of a dataset, whatever its classes are called.</summary>
internal static class QualityLabels
{
    private static readonly Dictionary<string, QualityGrade> ByName = new(NameComparer.Instance)
    {
        ["good"] = QualityGrade.Good,
        ["usable"] = QualityGrade.Usable,
        ["reject"] = QualityGrade.Reject,
        ["bad"] = QualityGrade.Reject,
    };

    /// <summary>The labelled images of a split with their grades, in the dataset's order.</summary>
    /// <exception cref="InputException">A class is no quality, or the split has no labelled image.</exception>
    public static IReadOnlyList<(int Index, QualityGrade Grade)> Of(ImageDataset dataset, Split split)
    {
        if (dataset.ClassNames.FirstOrDefault(name => !ByName.ContainsKey(name)) is { } stray)
        {
            throw new InputException(
                $"{dataset.Folder}: its class '{stray}' is no image quality; allowed: {string.Join(", ", ByName.Keys)} (prepare "
                    + $"it with {new NamedInput("LabelColumn")} quality)");
        }

        var labelled = dataset.IndicesOf(split)
            .Where(index => dataset.Entries[index].Label is not null)
            .Select(index => (index, ByName[dataset.ClassNames[dataset.Entries[index].Label!.Value]]))
            .ToArray();
        return labelled.Length > 0
            ? labelled
            : throw new InputException($"{dataset.Folder}: no image of the split '{split.ToName()}' has a quality label");
    }
}

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

    internal static GraderConfusion Measure(
        Grader grader, ImageDataset dataset, IReadOnlyList<(int Index, QualityGrade Grade)> images, CancellationToken cancellation)
    {
        var verdicts = grader.Grade([.. images.Select(image => dataset.GetImage(image.Index).ToArray())], cancellation);
        var grades = Enum.GetValues<QualityGrade>();
        var pairs = images.Zip(verdicts, (image, verdict) => (Label: image.Grade, Verdict: verdict)).ToArray();
        return new()
        {
            Counts = [.. grades.Select(
                label =>
                    (IReadOnlyList<int>)[.. grades.Select(verdict => pairs.Count(pair => pair.Label == label && pair.Verdict.Grade == verdict))])],
            Refused = pairs.Count(pair => pair.Label != QualityGrade.Reject && !pair.Verdict.IsGradable),
            Passed = pairs.Count(pair => pair.Label == QualityGrade.Reject && pair.Verdict.IsGradable),
        };
    }
}
