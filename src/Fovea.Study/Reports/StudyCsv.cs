using System.Globalization;
using System.Text;
using Fovea.Core.Files;
using Fovea.Reporting;
using Fovea.Study.Analysis;
using Fovea.Study.Results;

namespace Fovea.Study.Reports;

/// <summary>Figures of cells and comparisons as comma-separated values (RFC 4180) with plain line feeds.</summary>
internal static class StudyCsv
{
    private static readonly string[] CellHeadings =
        ["cell", "arm", "size", "training_images", "seed", "state", "metric", "network", "value", "low", "high", "denoiser_parameters", "fingerprint"];

    private static readonly string[] ComparisonHeadings =
    [
        "question", "arm", "against", "size", "metric", "network", "seeds", "arm_mean", "against_mean", "difference", "low", "high", "interval", "image_noise",
        "p_student", "p_holm", "p_wilcoxon", "p_wilcoxon_smallest", "effect_dz", "rank_biserial", "verdict",
    ];

    /// <summary>A row a cell and metric; a cell without a result has one row with the reason.</summary>
    public static void WriteCells(string path, StudyAnalysis analysis) =>
        Write(path, CellHeadings, analysis.States.SelectMany(state => state.Result is { } cell
            ? analysis.Metrics.Where(metric => metric.Read(cell) is not null).Select(metric => Row(cell, metric, metric.Read(cell)!))
            : [[state.Name, state.Arm.Name, state.Size.Name, "", WholeNumber(state.Seed), state.Reason, "", "", "", "", "", "", ""]]));

    /// <summary>A row a comparison.</summary>
    public static void WriteComparisons(string path, StudyAnalysis analysis) =>
        Write(
            path,
            ComparisonHeadings,
            analysis.Comparisons.SelectMany(
                question => question.Comparisons.Select(comparison => Row(question.Question.Title, comparison))));

    private static string[] Row(CellResult cell, MetricKind metric, CellFigure figure) =>
    [
        cell.Cell, cell.Arm, cell.Size, WholeNumber(cell.TrainingImages), WholeNumber(cell.Seed), "finished", metric.Key, metric.Network,
        Figures.Exact(figure.Value), Number(figure.Low), Number(figure.High),
        cell.Costs.DenoiserParameters.ToString(CultureInfo.InvariantCulture),
        cell.Fingerprint,
    ];

    private static string[] Row(string question, PairedComparison comparison) =>
    [
        question, comparison.Arm, comparison.Against, comparison.Size, comparison.Metric.Key, comparison.Metric.Network, string.Join(
            ' ', comparison.Seeds.Select(WholeNumber)),
        Figures.Exact(comparison.ArmValues.Average()), Figures.Exact(comparison.AgainstValues.Average()), Figures.Exact(comparison.Difference),
        Number(comparison.Interval?.Low), Number(comparison.Interval?.High), comparison.Method.ToString(), Number(comparison.ImageNoise),
        Number(comparison.PValue), Number(comparison.HolmPValue), Number(comparison.SignedRank?.PValue),
        Number(comparison.SignedRank is { } test ? Fovea.Metrics.Statistics.SignedRankTest.SmallestPValue(test.Pairs) : null),
        Number(comparison.EffectSize), Number(comparison.SignedRank?.RankBiserial), comparison.Verdict.ToString(),
    ];

    private static string Number(double? value) => value is { } number ? Figures.Exact(number) : "";

    private static string WholeNumber(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Write(string path, string[] headings, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(headings)) CsvWriter.AppendRow(text, row);
        AtomicFile.WriteText(path, text.ToString());
    }
}
