using System.Xml.Linq;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>Every setting of the study and the hashes of all that it rests on.</summary>
internal static class SettingsSection
{
    public static XElement Of(StudyAnalysis analysis)
    {
        var study = analysis.Definition;
        return PageParts.Section(
            "settings", "Settings and hashes",
            Classed("dl", "settings", Study(study), Noise(study.Noise)),
            PlainTable.Of("Arms", ["arm", "autoencoder", "denoiser", "settings"], study.Arms.Select(Arm)),
            Element("h3", "Judges"),
            Classed("dl", "settings", Judges(analysis).SelectMany(judge => Hash(judge.Name, judge.Hash))),
            PlainTable.Of(
                "Cells", ["cell", "training images", "fingerprint", "settings", "dataset", "autoencoder", "version"],
                analysis.States.Select(Cell)),
            Element("h3", "To repeat a cell"),
            PageParts.Note("With the study's file, study.toml in its folder, and the dataset whose hash stands above. The same program on the same processor gives the same figures; another processor rounds differently."),
            Element("pre", string.Join('\n', analysis.States.Select(state => Command(study, state)))),
            analysis.Unplanned.Count == 0 ? null : PageParts.Note($"Results that the study does not plan, in no figure: {Phrases.Join(analysis.Unplanned)}."));
    }

    private static IEnumerable<XElement> Study(StudyDefinition study) =>
    [
        .. PageParts.Term("study", study.Name),
        .. PageParts.Term("configuration", study.Config),
        .. PageParts.Term("settings of all arms", study.Set.Count == 0 ? "none" : string.Join(", ", study.Set)),
        .. PageParts.Term("seeds", Phrases.Ranges(study.Seeds)),
        .. PageParts.Term("training sizes", string.Join(", ", study.Sizes.Select(size => size.Name))),
        .. PageParts.Term("samples", $"{Figures.Count(study.Sampling.Count, "image")} a cell, sampling seed {study.Sampling.Seed}, grids of {study.Sampling.Grid}"),
        .. PageParts.Term("judging", $"split {study.Judging.Split?.ToString().ToLowerInvariant() ?? "all"}; features {Phrases.Join(study.Judging.Features)}; grader {study.Judging.Grader ?? "the shipped one of the size"}; {study.Judging.HalfSamples} half-samples"),
    ];

    private static XElement[] Noise(StudyNoise? noise) => PageParts.Term(
        "noise sweep",
        noise is null
            ? "none"
            : $"arms {Phrases.Join(noise.Arms)}; size {noise.Size}; devices {Phrases.Join(noise.Profiles)}; scales {Phrases.Join([.. noise.Scales.Select(scale => Figures.Number(scale))])}; {noise.Count} images a level");

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
        _ => kind.ToString(),
    };

    private static string Command(StudyDefinition study, CellState state) =>
        $"fovea study run study.toml{(study.Phantoms is null ? " --data DATASET" : "")} --out repeated --cell {state.Name}";

    private static IEnumerable<(string Name, string Hash)> Judges(StudyAnalysis analysis) =>
        analysis.Cells.Select(cell => (Name: $"grader {cell.Gradability.Grader}", Hash: cell.Gradability.GraderHash))
            .Concat(analysis.Cells.SelectMany(cell => cell.Distances).Select(distances => (Name: $"network {distances.Network}", Hash: distances.NetworkHash)))
            .Distinct();

    private static XElement[] Hash(string name, string hash) => [Element("dt", name), Classed("dd", "hash", hash)];

    private static IReadOnlyList<object?> Cell(CellState state) => state.Result is { } cell
        ? [state.Name, cell.TrainingImages, Code(cell.Fingerprint), Code(cell.ConfigHash), Code(cell.DataHash), Code(cell.AutoencoderHash), cell.Version]
        : [state.Name, Classed("span", "label", state.Reason), .. Enumerable.Repeat(Figures.None, 5)];

    // The whole hash is in the results and on the element, for looking it up; a table of them in full would fit no page.
    private static XElement Code(string hash) => Classed("span", "hash", Attribute("title", hash), hash.Length > 12 ? hash[..12] : hash);
}
