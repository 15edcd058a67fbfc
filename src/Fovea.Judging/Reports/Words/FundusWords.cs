using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Words;

/// <summary>What the figures with names say.</summary>
internal static class FundusWords
{
    /// <summary>Whether two halves of the real images may differ as much; null where no interval tells.</summary>
    public static bool? IsAtFloor(FundusFigure figure) => figure.Distance.Interval is { } interval ? interval.Low <= figure.Floor : null;

    public static string Verdict(FundusFigure figure) =>
        IsAtFloor(figure) switch { true => "no measurable difference", false => "beyond the floor", null => Figures.None };

    public static IEnumerable<string> Sentences(FundusJudgement fundus)
    {
        string[] differ = [.. fundus.Figures.Where(figure => IsAtFloor(figure) == false).Select(figure => figure.Name)];
        string[] alike = [.. fundus.Figures.Where(figure => IsAtFloor(figure) == true).Select(figure => figure.Name)];
        if (differ.Length > 0)
            yield return $"Generated and real images differ more than halves of the real ones in {Phrases.Join(differ)}.";
        if (alike.Length > 0)
            yield return $"There is no measurable difference in {Phrases.Join(alike)}.";
    }
}
