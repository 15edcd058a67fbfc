using Fovea.Core.Files;
using Fovea.Reporting;
using Fovea.Reporting.Charts;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Reports.Charts;
using Fovea.Study.Reports.Pages;

namespace Fovea.Study.Reports;

/// <summary>A study as files: tables for programs, and a page that holds all of it and needs no other file.</summary>
public static class StudyReport
{
    /// <summary>The page.</summary>
    public const string PageName = "report.html";

    /// <summary>All figures and comparisons.</summary>
    public const string JsonName = "report.json";

    /// <summary>A row a cell and metric.</summary>
    public const string CsvName = "report.csv";

    /// <summary>A row a comparison.</summary>
    public const string ComparisonsName = "comparisons.csv";

    /// <summary>Writes the four files, the page last, each at once or not at all.</summary>
    /// <param name="analysis">What is written.</param>
    /// <param name="resultsFolder">Holds a picture NAME.png of each cell.</param>
    /// <param name="outputFolder">An existing folder.</param>
    /// <returns>The names of the files, the page last.</returns>
    public static IReadOnlyList<string> Write(StudyAnalysis analysis, string resultsFolder, string outputFolder)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(outputFolder);
        StudyCsv.WriteCells(Path.Combine(outputFolder, CsvName), analysis);
        StudyCsv.WriteComparisons(Path.Combine(outputFolder, ComparisonsName), analysis);
        new ReportJson().Write(Path.Combine(outputFolder, JsonName), StudyDocument.Of(analysis));
        var (charts, skipped) = StudyCharts.Draw(analysis);
        PageChart[] drawn = [.. charts.Select(PageChart.Draw)];
        AtomicFile.WriteText(Path.Combine(outputFolder, PageName), StudyPage.Text(analysis, drawn, skipped, new StudyPictures(resultsFolder)));
        return [CsvName, ComparisonsName, JsonName, PageName];
    }

    /// <summary>What <see cref="JsonName"/> holds, without the line feed at its end.</summary>
    /// <param name="analysis">What is written.</param>
    public static string Json(StudyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return new ReportJson().Text(StudyDocument.Of(analysis));
    }
}

/// <summary>A study as few lines of plain text, for a terminal.</summary>
public static class StudyText
{
    /// <summary>The lines: how much is finished, arms in aligned rows, what is missing, then each question's findings.</summary>
    /// <param name="analysis">What is written.</param>
    public static IReadOnlyList<string> Lines(StudyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return
        [
            StudyFindings.Progress(analysis),
            .. analysis.Arms.GroupBy(arm => arm.Size.Name).SelectMany(group => Arms(analysis, group.Key, [.. group])),
            .. analysis.Protocol is { } planned
                ? ProtocolWords.Keeping(planned).Concat(planned.Answers.Select(answer => $"Planned: {answer.Question.Title} {ProtocolWords.Sentence(answer)}"))
                : [],
            .. analysis.Comparisons.SelectMany(
                question => StudyFindings.Sentences(question).Concat(SeedWords.Sentences(question)).Select(sentence => "  " + sentence)
                    .Prepend(question.Question.Title)),
        ];
    }

    private static IEnumerable<string> Arms(StudyAnalysis analysis, string size, ArmSummary[] arms)
    {
        var columns = ArmColumns.List(analysis);
        string[][] rows =
        [
            ["", "seeds", .. columns.Select(column => column.Heading)],
            .. arms.Select(arm => (string[])[arm.Arm.Name, $"{arm.Cells.Count} of {arm.Planned}", .. columns.Select(column => column.Read(arm))]),
        ];
        return AlignedRows.Lines(rows)
            .Prepend($"Trained on {ComparisonWords.Size(size)}")
            .Concat(arms.SelectMany(arm => arm.Missing.Select(missing => $"  {arm.Arm.Name}, {missing}")));
    }
}

/// <summary>One figure of arms as a column of a table.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Read">What stands there of an arm.</param>
internal sealed record ArmColumn(string Heading, Func<ArmSummary, string> Read);

/// <summary>The columns that tables of arms have: what there is of images, and what became of the circuits beside it.</summary>
internal static class ArmColumns
{
    /// <summary>Gradable shares and Fréchet distances, or where no images are drawn the held-out loss; then circuits and what stands in their places.</summary>
    public static IReadOnlyList<ArmColumn> List(StudyAnalysis analysis)
    {
        return
        [
            .. analysis.IsGraded ? Shares : [],
            .. Headline(analysis).Select(metric => new ArmColumn(metric.Name, arm => StudyFigures.Value(metric.Unit, arm.Of(metric)))),
            .. Circuits.Where(column => analysis.Arms.Any(arm => column.Read(arm) != Figures.None)),
        ];
    }

    /// <summary>The metrics of these columns, beside the shares.</summary>
    public static IReadOnlyList<MetricKind> Headline(StudyAnalysis analysis)
    {
        MetricKind[] distances = [.. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.Frechet)];
        return distances.Length > 0 || analysis.IsGraded ? distances : [.. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.HeldOut)];
    }

    private static IReadOnlyList<ArmColumn> Shares { get; } =
    [
        new("gradable", arm => StudyFigures.Value(MetricUnit.Share, arm.Generated)),
        new("of real", arm => StudyFigures.Value(MetricUnit.Share, arm.Real)),
        new("of reconstructed", arm => StudyFigures.Value(MetricUnit.Share, arm.Reconstructed)),
    ];

    private static IReadOnlyList<ArmColumn> Circuits { get; } =
    [
        new("circuits moved (rad)", arm => Number(arm.CircuitDisplacement)),
        new("circuit share", arm => Number(arm.CircuitShare)),
        new("use of the layers", arm => Number(arm.MiddleUse)),
    ];

    private static string Number(double? value) => value is { } number ? Figures.Number(number, 2) : Figures.None;
}

/// <summary>A study at one training size as a Markdown table, for documents.</summary>
public static class StudyMarkdown
{
    /// <summary>
    /// A row an arm: gradable images with Wilson's interval beside real and reconstructed ones, Fréchet distances (or held-out losses where there are none),
    /// what became of the circuits, and the paired differences of the gradable share and of the first Fréchet distance to the reference arm, with intervals.
    /// </summary>
    /// <param name="analysis">What is written.</param>
    /// <param name="size">The training size by name; null for the largest.</param>
    /// <param name="reference">The arm to compare with; null for the study's first.</param>
    public static string Table(StudyAnalysis analysis, string? size = null, string? reference = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        size ??= analysis.Arms[0].Size.Name;
        reference ??= analysis.Definition.Arms[0].Name;
        var columns = ArmColumns.List(analysis);
        MetricKind[] compared =
        [
            .. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.Gradable),
            .. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.Frechet).Take(1).DefaultIfEmpty(
                analysis.Metrics.First(metric => metric.Key == StudyMetrics.HeldOut)),
        ];
        string[] headings =
        [
            "arm", "seeds", .. columns.Select(column => column.Heading),
            .. compared.Select(metric => $"{metric.Name}: difference to {reference}"),
        ];
        return Row(headings) + Row(headings.Select((_, column) => column == 0 ? "---" : "---:"))
            + string.Concat(analysis.Arms.Where(arm => arm.Size.Name == size).Select(arm => Row(Cells(analysis, arm, reference, columns, compared))));
    }

    private static IEnumerable<string> Cells(
        StudyAnalysis analysis,
        ArmSummary arm,
        string reference,
        IReadOnlyList<ArmColumn> columns,
        MetricKind[] compared) =>
    [
        arm.Arm.Name,
        arm.Missing.Count == 0 ? $"{arm.Planned}" : $"{arm.Cells.Count} of {arm.Planned} ({string.Join("; ", arm.Missing)})",
        .. columns.Select(column => column.Read(arm)),
        .. compared.Select(metric => Difference(analysis, arm, reference, metric)),
    ];

    private static string Difference(StudyAnalysis analysis, ArmSummary arm, string reference, MetricKind metric)
    {
        if (arm.Arm.Name == reference)
            return "reference";
        CellState[] states = [.. analysis.States.Where(state => state.Size == arm.Size)];
        var question = new StudyQuestion("", arm.Arm.Name, reference);
        var found = StudyComparer.Compare(question, states, [metric], analysis.Bootstrap).Comparisons;
        return found.Count == 0
            ? Figures.None
            : $"{StudyFigures.Difference(found[0])} {StudyFigures.Interval(found[0])} (n = "
                + $"{found[0].Seeds.Count}{(found[0].Seeds.Count == 1 ? ", over images" : "")})";
    }

    private static string Row(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}

/// <summary>The grids of cells, which lie beside their results.</summary>
/// <param name="folder">A folder with NAME.png, or with such files in a folder of cells within.</param>
internal sealed class StudyPictures(string folder)
{
    /// <summary>A cell's picture as PNG; null where there is none.</summary>
    public byte[]? Find(string cell)
    {
        string[] places = [Path.Combine(folder, cell + ".png"), Path.Combine(folder, Results.CellResults.FolderName, cell + ".png")];
        return places.FirstOrDefault(File.Exists) is { } path ? File.ReadAllBytes(path) : null;
    }
}
