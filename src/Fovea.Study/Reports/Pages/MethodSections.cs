using System.Globalization;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Results;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>What was decided before there was a result, and whether it was kept.</summary>
internal static class ProtocolSection
{
    public static XElement Build(ProtocolReading reading)
    {
        var protocol = reading.Protocol;
        string[] kept = [.. ProtocolWords.Keeping(reading)];
        return PageParts.Section(
            "protocol", "Protocol",
            PageParts.Note(
                "Written into the study's file. The primary figure answers the questions, all of them one family by Holm's correction; an answer is better or "
                    + "worse where the interval excludes 0 "
                    + "and the test holds, and there is no difference that matters where the whole interval is smaller than the smallest that would. Secondary "
                    + "figures support answers; every "
                    + "other figure was found by looking."),
            kept.Length == 0
                ? PageParts.Note($"All {Counted.Of(reading.Kept, "finished cell")} were finished under it.")
                : Element("ul", kept.Select(sentence => Element("li", sentence))),
            Classed(
                "dl", "settings", PageParts.Term("primary figure", protocol.Primary), PageParts.Term(
                    "smallest difference that matters", Figures.Number(protocol.SmallestDifference)),
                PageParts.Term("secondary figures", protocol.Secondary.Count == 0 ? "none" : string.Join(", ", protocol.Secondary)), PageParts.Term(
                    "seeds planned", $"{protocol.Seeds}"),
                PageParts.Term("it ends", protocol.Stopping.Length == 0 ? "when all cells are finished" : protocol.Stopping)),
            reading.Answers.Count == 0 ? PageParts.Note("No question can be compared by the primary figure yet.") : PlainTable.Draw(
                "Seeds that a paired test needs to find the smallest difference that matters, four times in five, by the scatter of the differences "
                    + "that there are (Guenther 1981)",
                ["comparison", "training images", "seeds", "seeds needed"],
                reading.Answers.Select(answer => (IReadOnlyList<object?>)
                [
                    $"{answer.Comparison.Arm} less {answer.Comparison.Against}", answer.Comparison.Size, answer.Comparison.Seeds.Count,
                    answer.SeedsNeeded is { } needed ? $"{needed}" : Figures.None,
                ])));
    }
}

/// <summary>How differences, intervals and p-values are made.</summary>
internal static class MethodsSection
{
    private static readonly (string Name, string Text)[] Methods =
    [
        (
            "Pairs",
            "Both arms of a seed share initial weights where shapes agree, the order of the data, timesteps and noise, and image k of every "
                + "cell begins from the same noise. "
                + "The difference of a pair is arm less against; a comparison is the mean over the seeds that both arms have."),
        (
            "Interval b: bootstrap over seeds and images",
            "Of the gradable share. A replicate draws seeds, and one list of images for all cells and both arms, and adds what each of both moves the mean by. "
                + "What seeds move is stretched by √(n/(n−1))·t/z, since a few values drawn from themselves scatter too little (Hesterberg 2015). Below six "
                + "seeds it is made at least as wide as Student's."),
        (
            "Interval t: Student over seeds",
            "Of figures with one value a seed. No bootstrap: three values drawn from themselves have ten different samples, and the "
                + "interval would be far too narrow. "
                + "It supposes that differences of seeds are about normal, which a few seeds cannot show. It is over trainings; the real images are the same."),
        (
            "Interval i: images alone",
            "With one seed: of the gradable share the bootstrap over images; of other figures both cells' half-widths in quadrature, as if independent. "
                + "It holds for these two trainings only."),
        (
            "Images alone",
            "Half the width of a 95 % interval that images alone give to the difference of one pair of cells, in quadrature (root of "
                + "the mean square over seeds). "
                + "Pairs share real images and noise, so it is rather too large."),
        (
            "p (t), p (Holm)",
            "Student's test over differences of seeds, and the same adjusted for all comparisons of the question, over metrics and "
                + "training sizes, by Holm 1979. "
                + "A difference is claimed where the interval excludes 0; whether it survives the adjustment is said beside it."),
        (
            "p (Wilcoxon), smallest p",
            "The exact signed-rank test over seeds (pairs that are equal left out), and the smallest two-sided p-value that so many pairs can give, 2/2ⁿ."),
        (
            "Effect sizes",
            "d_z: mean difference in standard deviations of the differences of seeds; of few seeds it is itself very uncertain. Rank-biserial (Kerby 2014): "
                + "share of ranks above 0 less that below, −1 to 1."),
        (
            "Better and worse",
            "By the metric: a larger gradable share, precision, recall, coverage, PSNR and SSIM are better, smaller distances and losses are. A density and a "
                + "share of images near training images are called higher or lower only."),
        (
            "Held-out loss",
            "Compared only where both arms of a pair have the same autoencoder: losses in other latents are on another scale."),
        (
            "Near a training image",
            "Share of generated images as near to a training image as the nearest 5 % of the held-out images; about as many are expected "
                + "of images that are no copies."),
    ];

    public static XElement Build() =>
        PageParts.Section(
            "methods", "How the numbers are made", Classed("dl", "definitions", Methods.Select(method => PageParts.Term(method.Name, method.Text))));
}

/// <summary>Every setting of the study and the hashes of all that it rests on.</summary>
internal static class SettingsSection
{
    public static XElement Build(StudyAnalysis analysis)
    {
        var study = analysis.Definition;
        return PageParts.Section(
            "settings", "Settings and hashes",
            Classed("dl", "settings", Study(study), Noise(study.Noise)),
            PlainTable.Draw("Arms", ["arm", "autoencoder", "denoiser", "settings"], study.Arms.Select(Arm)),
            Element("h3", "Judges"),
            Classed("dl", "settings", Judges(analysis).SelectMany(judge => Hash(judge.Name, judge.Hash))),
            PlainTable.Draw(
                "Cells", ["cell", "training images", "fingerprint", "settings", "dataset", "autoencoder", "version"],
                analysis.States.Select(Cell)),
            Element("h3", "To repeat a cell"),
            PageParts.Note(
                "With the study's file, study.toml in its folder, and the dataset whose hash stands above. The same program on the same processor gives the "
                    + "same figures; another processor rounds differently."),
            Element("pre", string.Join('\n', Commands(analysis))),
            analysis.Unplanned.Count == 0 ? null : PageParts.Note($"Results that the study does not plan, in no figure: {Phrases.Join(analysis.Unplanned)}."));
    }

    private static IEnumerable<XElement> Study(StudyDefinition study) =>
    [
        .. PageParts.Term("study", study.Name),
        .. PageParts.Term("configuration", study.Config),
        .. PageParts.Term("settings of all arms", study.Set.Count == 0 ? "none" : string.Join(", ", study.Set)),
        .. PageParts.Term("seeds", Phrases.Ranges(study.Seeds)),
        .. PageParts.Term("training sizes", string.Join(", ", study.Sizes.Select(size => size.Name))),
        .. PageParts.Term("samples", study.Sampling.Draws
            ? $"{Counted.Of(study.Sampling.Count, "image")} a cell, sampling seed {study.Sampling.Seed}, grids of {study.Sampling.Grid}"
            : "none: cells are judged by their held-out loss alone"),
        .. PageParts.Term(
            "judging",
            $"split {study.Judging.Split?.ToString().ToLowerInvariant() ?? "all"}; features {Phrases.Join(study.Judging.Features)}; "
                + $"grader {study.Judging.Grader ?? "the shipped one of the size"}; {study.Judging.HalfSamples} half-samples"),
    ];

    private static XElement[] Noise(StudyNoise? noise) => PageParts.Term(
        "noise sweep",
        noise is null
            ? "none"
            : $"arms {Phrases.Join(noise.Arms)}; size {noise.Size}; devices {Phrases.Join(noise.Profiles)}; scales "
                + $"{Phrases.Join([.. noise.Scales.Select(scale => Figures.Number(scale))])}; {noise.Count} images a level");

    private static IReadOnlyList<object?> Arm(StudyArm arm) =>
        [arm.Name, Block(arm.Autoencoder), Block(arm.Denoiser), arm.Set.Count == 0 ? "none" : string.Join(", ", arm.Set)];

    private static string Block(BlockKind kind) => kind switch
    {
        BlockKind.Classical => "3×3 convolution",
        BlockKind.Quantum => "circuit, trained",
        BlockKind.Frozen => "circuit, random and not trained",
        BlockKind.MatchedMlp => "MLP with as many parameters",
        BlockKind.WideMlp => "MLP as wide as the wires",
        BlockKind.Trigonometric => "trigonometric features",
        BlockKind.Identity => "nothing",
        BlockKind.Separable => "circuit without entangling gates, trained",
        _ => kind.ToString(),
    };

    // What tuning chose is part of every cell: one alone cannot be run before the tries are.
    private static IEnumerable<string> Commands(StudyAnalysis analysis)
    {
        var study = analysis.Definition;
        var all = $"fovea study run study.toml{(study.Phantoms is null ? " --data DATASET" : "")} --out repeated";
        return study.Tuning is null ? analysis.States.Select(state => $"{all} --cell {state.Name}") : [all];
    }

    private static IEnumerable<(string Name, string Hash)> Judges(StudyAnalysis analysis) =>
        Graded(analysis).Select(rate => (Name: $"grader {rate.Grader}", Hash: rate.GraderHash))
            .Concat(analysis.Cells.SelectMany(cell => cell.Distances).Select(distances => (Name: $"network {distances.Network}", Hash: distances.NetworkHash)))
            .Distinct();

    /// <summary>Gradability of the cells that have it.</summary>
    public static IEnumerable<CellGradability> Graded(StudyAnalysis analysis) => analysis.Cells.Select(cell => cell.Gradability).OfType<CellGradability>();

    private static XElement[] Hash(string name, string hash) => [Element("dt", name), Classed("dd", "hash", hash)];

    private static IReadOnlyList<object?> Cell(CellState state) => state.Result is { } cell
        ? [state.Name, cell.TrainingImages, Code(cell.Fingerprint), Code(cell.ConfigHash), Code(cell.DataHash), Code(cell.AutoencoderHash), cell.Version]
        : [state.Name, Classed("span", "label", state.Reason), .. Enumerable.Repeat(Figures.None, 5)];

    // The whole hash is in the results and on the element, for looking it up; a table of them in full would fit no page.
    private static XElement Code(string hash) => Classed("span", "hash", Attribute("title", hash), hash.Length > 12 ? hash[..12] : hash);
}

/// <summary>What cells are made of and what they took.</summary>
internal static class ComputeSection
{
    public static XElement Build(StudyAnalysis analysis)
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
        Figure("circuits of the denoiser", "moved by (rad)", cell => cell.Circuits?.Displacement),
        Figure("circuits of the denoiser", "share of the loss", cell => cell.Circuits?.Share),
        Figure("layers of the denoiser", "use of their middles", cell => cell.Middles?.Use),
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
            + $"{Figures.Duration(shared)} for autoencoders, each counted once, "
            + $"{Figures.Duration(cells.Sum(cell => cell.Costs.DenoiserSeconds))} for denoisers, "
            + $"{Figures.Duration(cells.Sum(cell => cell.Costs.JudgingSeconds))} for sampling and judging; "
            + $"{Figures.Number(cells.Sum(cell => (double)cell.Costs.CircuitsEvaluated))} circuits were evaluated in training, those of a shared autoencoder "
            + "counted with each of its cells.";
    }

    private static TableColumn<CellResult> Count(string group, string heading, Func<CellResult, long> count) =>
        new(group, heading, cell => WholeNumber(count(cell)), cell => WholeNumber(count(cell)));

    private static TableColumn<CellResult> Figure(string group, string heading, Func<CellResult, double?> figure) => new(
        group, heading,
        cell => figure(cell) is { } value ? Figures.Number(value) : Figures.None,
        cell => figure(cell) is { } value ? Figures.Exact(value) : "");

    private static TableColumn<CellResult> Time(string group, string heading, Func<CellResult, double> seconds) =>
        new(group, heading, cell => Figures.Duration(seconds(cell)), cell => Figures.Exact(seconds(cell)));

    private static string WholeNumber(long count) => count.ToString(CultureInfo.InvariantCulture);
}
