using System.Xml.Linq;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Words;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Pages;

/// <summary>Colour, vessels, disc and light.</summary>
internal static class FundusSection
{
    public static XElement Of(FundusJudgement fundus, XElement? chart) =>
        PageParts.Section("fundus", "Named figures", fundus.Figures.Count == 0 ? EvaluationPage.NotMeasured() : Table(fundus.Figures), chart);

    private static XElement Table(IReadOnlyList<FundusFigure> figures) =>
        PlainTable.Of(
            "Generated beside real images; W1 is the Wasserstein-1 distance with its bootstrap interval",
            ["figure", "generated, mean", "real, mean", "W1", "unit", "floor: halves of the real images", "says"],
            figures.Select(figure => new object?[]
            {
                figure.Name, Mean(figure.GeneratedMean), Mean(figure.RealMean), Numbers.Text(figure.Distance), figure.Unit, Figures.Number(figure.Floor),
                FundusWords.Verdict(figure),
            }));

    private static string Mean(double? value) => value is { } number ? Figures.Number(number) : Figures.None;
}
