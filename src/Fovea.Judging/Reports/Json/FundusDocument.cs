using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Reports.Json;

/// <summary>Named figures without the share of each image.</summary>
internal sealed record FundusDocument(
    IReadOnlyList<FundusFigure> Figures,
    IReadOnlyList<double> GeneratedHues,
    IReadOnlyList<double> RealHues,
    IReadOnlyList<double> GeneratedRadial,
    IReadOnlyList<double> RealRadial)
{
    public static FundusDocument Of(FundusJudgement fundus) =>
        new(fundus.Figures, fundus.GeneratedHues, fundus.RealHues, fundus.GeneratedRadial, fundus.RealRadial);
}
