using System.Globalization;
using System.Xml.Linq;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
using Fovea.Study.Analysis;
using Fovea.Study.Results;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>What cells are made of and what they took.</summary>
internal static class ComputeSection
{
    public static XElement Of(StudyAnalysis analysis)
    {
        CellResult[] cells = [.. analysis.Cells];
        return PageParts.Section(
            "compute", "Compute",
            Element("p", Total(cells)),
            SortableTable.Of("Finished cells", new RowHeading<CellResult>("cell", cell => cell.Cell, cell => cell.Cell), Columns, cells));
    }

    private static IReadOnlyList<TableColumn<CellResult>> Columns { get; } =
    [
        Count("parameters", "autoencoder", cell => cell.Costs.AutoencoderParameters),
        Count("parameters", "denoiser", cell => cell.Costs.DenoiserParameters),
        Count("parameters", "in the circuits' place", cell => cell.Costs.LayerParameters),
        Count("optimizer steps", "autoencoder", cell => cell.Costs.AutoencoderSteps),
        Count("optimizer steps", "denoiser", cell => cell.Costs.DenoiserSteps),
        Count("training", "circuits", cell => cell.Costs.CircuitsEvaluated),
        Time("time", "autoencoder", cell => cell.Costs.AutoencoderSeconds),
        Time("time", "denoiser", cell => cell.Costs.DenoiserSeconds),
        Time("time", "judging", cell => cell.Costs.JudgingSeconds),
        Count("machine", "threads", cell => cell.Costs.Threads),
    ];

    // Cells that share an autoencoder each state its time.
    private static string Total(CellResult[] cells)
    {
        var shared = cells.DistinctBy(cell => cell.AutoencoderHash).Sum(cell => cell.Costs.AutoencoderSeconds);
        return $"{Figures.Duration(shared + cells.Sum(cell => cell.Costs.DenoiserSeconds + cell.Costs.JudgingSeconds))} in all: "
            + $"{Figures.Duration(shared)} for autoencoders, each counted once, {Figures.Duration(cells.Sum(cell => cell.Costs.DenoiserSeconds))} for denoisers, "
            + $"{Figures.Duration(cells.Sum(cell => cell.Costs.JudgingSeconds))} for sampling and judging; "
            + $"{Figures.Number(cells.Sum(cell => (double)cell.Costs.CircuitsEvaluated))} circuits were evaluated in training, those of a shared autoencoder counted with each of its cells.";
    }

    private static TableColumn<CellResult> Count(string group, string heading, Func<CellResult, long> count) =>
        new(group, heading, cell => Whole(count(cell)), cell => Whole(count(cell)));

    private static TableColumn<CellResult> Time(string group, string heading, Func<CellResult, double> seconds) =>
        new(group, heading, cell => Figures.Duration(seconds(cell)), cell => Figures.Exact(seconds(cell)));

    private static string Whole(long count) => count.ToString(CultureInfo.InvariantCulture);
}
