using Fovea.Evaluation.Results;
using Fovea.Judges.Grading;
using Fovea.Reporting;

namespace Fovea.Evaluation.Reports;

/// <summary>Verdicts for programs: what was passed over, the counts, then each file.</summary>
internal sealed record GradedDocument(
    IReadOnlyList<string> PassedOver,
    int Graded,
    int Skipped,
    int Gradable,
    Figure? Share,
    IReadOnlyList<GradedDocument.Judge> Graders,
    IReadOnlyList<GradedDocument.Image> Images)
{
    public static GradedDocument Of(GradedSet set) => new(
        set.PassedOver, set.Graded, set.Images.Count - set.Graded, set.Gradable, set.Graded == 0
            ? null
            : new Figure(set.Gradable / (double)set.Graded, set.GradableShare),
        [.. set.ByGrader.Select(judge => new Judge(judge.Grader, judge.Graded))], [.. set.Images.Select(Image.Of)]);

    internal sealed record Judge(string Name, int Images);

    /// <summary>A file; probabilities and grade are null for one that was skipped.</summary>
    internal sealed record Image(
        string File, QualityGrade? Grade, bool? Gradable, double? Good, double? Usable, double? Reject, string? Grader, string? Skipped, string? Damaged)
    {
        public static Image Of(GradedImage image) => image.Probabilities is { } p
            ? new(image.File, p.Grade, p.IsGradable, p.Good, p.Usable, p.Reject, image.Grader, null, image.Repair)
            : new(image.File, null, null, null, null, null, null, image.Skipped, image.Repair);
    }
}

/// <summary>Verdicts as JSON.</summary>
public static class GradedJson
{
    /// <summary>One document, without a line feed at the end.</summary>
    public static string Text(GradedSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new ReportJson().Text(GradedDocument.Of(set));
    }
}
