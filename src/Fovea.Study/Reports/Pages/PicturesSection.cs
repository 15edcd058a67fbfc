using System.Xml.Linq;
using Fovea.Reporting.Pages;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Words;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>Grids of generated images of equal seeds side by side.</summary>
internal static class PicturesSection
{
    public static XElement Of(StudyAnalysis analysis, StudyPictures pictures)
    {
        var seed = analysis.Definition.Seeds.MaxBy(seed => analysis.States.Count(state => state.Seed == seed && state.Result is not null));
        return PageParts.Section(
            "pictures", "Pictures",
            PageParts.Note($"The first images of every cell of seed {seed}, not chosen; images at equal places began from the same noise. Grids of other seeds lie beside the results."),
            analysis.Arms.GroupBy(arm => arm.Size.Name).Select(group => Size(group.Key, [.. analysis.States.Where(state => state.Seed == seed && state.Size.Name == group.Key)], pictures)));
    }

    private static object[] Size(string size, CellState[] states, StudyPictures pictures) =>
    [
        Element("h3", $"Trained on {ComparisonWords.Size(size)}"),
        Classed("div", "grids", states.Select(state => Picture(state, pictures))),
    ];

    private static XElement Picture(CellState state, StudyPictures pictures)
    {
        var png = state.Result is null ? null : pictures.Find(state.Name);
        return Classed(
            "figure", "grid",
            png is null
                ? Classed("p", "absent", state.Result is null ? state.Reason : "no picture")
                : Element("img", Attribute("src", DataImage.Address(png)), Attribute("alt", $"Generated images of {state.Name}")),
            Element("figcaption", state.Arm.Name));
    }
}
