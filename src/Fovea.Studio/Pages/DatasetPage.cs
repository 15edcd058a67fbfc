using System.Globalization;
using System.Xml.Linq;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>A dataset: its images page by page, what each is, and what was left out of it.</summary>
internal static class DatasetPage
{
    /// <summary>Images of a page.</summary>
    internal const int PageImages = 60;

    private const int FirstImages = 16;
    private const int MostRows = 200;

    internal static string Text(string name, ImageDataset dataset, DatasetView view)
    {
        var chosen = view.Choose(dataset);
        var pages = Math.Max(1, (chosen.Count + PageImages - 1) / PageImages);
        var page = Math.Clamp(view.Page, 1, pages);
        var shown = chosen.Skip((page - 1) * PageImages).Take(PageImages).ToArray();
        return new StudioPage(name.Length == 0 ? "This dataset" : name)
        {
            Header = [Element("p", Summary(dataset)), Filter(name, dataset, view)],
            Main =
            [
                Pager(name, view with { Page = page }, pages, chosen.Count),
                shown.Length == 0 ? Element("p", "No image is both.")
                    : Classed("ul", "tiles", shown.Select(entry => Element("li", Tile(name, dataset, entry, view.WithDiscs)))),
                pages == 1 ? null : Pager(name, view with { Page = page }, pages, chosen.Count),
                LeftOut(dataset),
            ],
        }.ToString();
    }

    /// <summary>A few images spread over a dataset, as PNG.</summary>
    internal static byte[] First(ImageDataset dataset)
    {
        var count = Math.Min(FirstImages, dataset.Count);
        var images = Enumerable.Range(0, count).Select(place => dataset.GetImage((int)((long)place * dataset.Count / count)).ToArray());
        return PngFile.Encode(ImageGrid.Compose([.. images], dataset.Size, dataset.Size));
    }

    private static string Summary(ImageDataset dataset)
    {
        var splits = Enum.GetValues<Split>().Where(split => dataset.IndicesOf(split).Count > 0)
            .Select(split => $"{Figures.Thousands(dataset.IndicesOf(split).Count)} {split.ToName()}");
        return $"{Figures.Thousands(dataset.Count)} images of {dataset.Size} px ({string.Join(", ", splits)}), made of {dataset.Source}"
            + (dataset.ClassCount == 0 ? ", without classes." : $", in {dataset.ClassCount} classes.");
    }

    private static XElement Filter(string name, ImageDataset dataset, DatasetView view) => Classed(
        "form", "actions", Attribute("method", "get"), Attribute("action", "/dataset"),
        Element("input", Attribute("type", "hidden"), Attribute("name", "path"), Attribute("value", name)),
        Element("label", "Split ",
            Choice("split", view.Split?.ToName() ?? "", [("", "all"), .. Enum.GetValues<Split>().Select(split => (split.ToName(), split.ToName()))])),
        dataset.ClassCount == 0 ? null
            : Element("label", "Class ",
                Choice("class", view.Label?.ToString(CultureInfo.InvariantCulture) ?? "",
                    [("", "all"), .. dataset.ClassNames.Select((text, label) => (label.ToString(CultureInfo.InvariantCulture), text))])),
        dataset.Entries.All(entry => entry.Disc is null)
            ? null
            : Element(
                "label",
                Element(
                    "input", Attribute("type", "checkbox"), Attribute("name", "discs"), Attribute("value", "1"),
                    view.WithDiscs ? Attribute("checked", "checked") : null),
                " Fields of view"),
        Element("button", Attribute("type", "submit"), "Show"));

    private static XElement Choice(string name, string chosen, IEnumerable<(string Value, string Text)> choices) => Element(
        "select", Attribute("name", name),
        choices.Select(choice =>
            Element("option", Attribute("value", choice.Value), choice.Value == chosen ? Attribute("selected", "selected") : null, choice.Text)));

    private static XElement Pager(string name, DatasetView view, int pages, int count) => Classed(
        "nav", "pager", Attribute("aria-label", "Pages"),
        view.Page > 1 ? StudioPage.Link(view.Address(name, view.Page - 1), Attribute("rel", "prev"), "← before") : Classed("span", "faint", "← before"),
        Element("span", $"page {Figures.Thousands(view.Page)} of {Figures.Thousands(pages)}, {Figures.Thousands(count)} images"),
        view.Page < pages ? StudioPage.Link(view.Address(name, view.Page + 1), Attribute("rel", "next"), "next →") : Classed("span", "faint", "next →"));

    private static XElement Tile(string name, ImageDataset dataset, ManifestEntry entry, bool withDisc)
    {
        var label = entry.Label is { } known ? dataset.ClassNames[known] : "no class";
        return Classed(
            "figure", "tile", Attribute(
                "title", $"{entry.File}, {entry.Width} × {entry.Height} px{(entry.Disc is { } disc ? $", {disc.Kind.ToName()}" : "")}"),
            Classed(
                "div", "frame",
                Element("img", Attribute(
                    "src", StudioPage.About("dataset/image.png", name, string.Create(CultureInfo.InvariantCulture, $"&index={entry.Index}"))),
                        Attribute("alt", $"{entry.File}: {label}"), Attribute("loading", "lazy")),
                withDisc && entry.Disc is { } field ? Field(field, entry) : null),
            Element("figcaption", $"{label} · {entry.Split.ToName()}"));
    }

    // An image is the square around the disc: in it the disc is the inscribed circle, and the photograph's edges lie where they were cut.
    private static XElement Field(RetinaDisc disc, ManifestEntry entry)
    {
        string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
        var scale = 100 / (2 * disc.Radius);
        var (left, top) = ((disc.Radius - disc.CentreX) * scale, (disc.Radius - disc.CentreY) * scale);
        return Element(
            "svg", Attribute("viewBox", "0 0 100 100"), Attribute("aria-hidden", "true"),
            Element("rect", Attribute("x", At(left)), Attribute("y", At(top)), Attribute("width", At(entry.Width * scale)),
                Attribute("height", At(entry.Height * scale))),
            disc.Kind is DiscKind.Circle or DiscKind.Truncated ? Element("circle", Attribute("cx", "50"), Attribute("cy", "50"), Attribute("r", "49.5"))
                : null);
    }

    private static XElement LeftOut(ImageDataset dataset) => PageParts.Section(
        "left-out", "What was left out",
        dataset.Skipped.Count + dataset.Duplicates.Count + dataset.PassedOver.Count == 0 ? Element("p", "Nothing.") : null,
        dataset.Skipped.Count == 0 ? null
            : PlainTable.Draw($"Skipped files: {Figures.Thousands(dataset.Skipped.Count)}", ["file", "why"],
                dataset.Skipped.Take(MostRows).Select(file => (IReadOnlyList<object?>)[file.File, file.Reason])),
        dataset.Duplicates.Count == 0 ? null
            : PlainTable.Draw($"Copies: {Figures.Thousands(dataset.Duplicates.Count)}", ["file", "same as", "in"],
                dataset.Duplicates.Take(MostRows).Select(file => (IReadOnlyList<object?>)[file.File, file.KeptFile, file.Match])),
        dataset.PassedOver.Count == 0 ? null
            : PlainTable.Draw("Files that are no pictures", ["what", "how many"],
                dataset.PassedOver.Select(kind => (IReadOnlyList<object?>)[kind.Reason, Figures.Thousands(kind.Count)])),
        dataset.Skipped.Count > MostRows || dataset.Duplicates.Count > MostRows ? PageParts.Note($"The first {MostRows} of each; all are in dataset.json.")
            : null,
        dataset.Warnings.Count == 0 ? null
            : Element("details", Element("summary", $"Warnings: {Figures.Thousands(dataset.Warnings.Count)}"),
                Element("ul", dataset.Warnings.Take(MostRows).Select(warning => Element("li", warning)))));
}

/// <summary>Which images of a dataset are shown.</summary>
/// <param name="Split">Their split; null for all.</param>
/// <param name="Label">Their class; null for all.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="WithDiscs">Whether fields of view are drawn over them.</param>
internal sealed record DatasetView(Split? Split, int? Label, int Page, bool WithDiscs)
{
    /// <summary>The entries of these images in order.</summary>
    internal IReadOnlyList<ManifestEntry> Choose(ImageDataset dataset) =>
        [.. dataset.Entries.Where(entry => (Split is null || entry.Split == Split) && (Label is null || entry.Label == Label))];

    /// <summary>The address of a page.</summary>
    internal string Address(string name, int page) => StudioPage.About(
        "dataset", name,
        string.Create(CultureInfo.InvariantCulture,
            $"{(Split is { } split ? $"&split={split.ToName()}" : "")}{(Label is { } label ? $"&class={label}" : "")}"
                + $"{(WithDiscs ? "&discs=1" : "")}&page={page}"));
}
