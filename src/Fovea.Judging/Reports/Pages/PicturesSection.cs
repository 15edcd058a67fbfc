using System.Xml.Linq;
using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Judging.Reports.Pages;

/// <summary>Pictures, those with photographs only where they were asked for.</summary>
internal static class PicturesSection
{
    public static XElement Of(ReportPictures pictures)
    {
        bool left = pictures.Real is null || pictures.ClosestPairs is null || pictures.Reconstructed is null;
        return PageParts.Section(
            "pictures", "Pictures",
            pictures.Generated is null ? PageParts.Note("There is no picture of generated images.") : null,
            left ? PageParts.Note("Photographs were left out where a picture is missing: a retina identifies a person. Reconstructions and nearest pairs may be missing for want of a run or of training images too.") : null,
            Picture(pictures.Generated, "Generated images", "Generated images, not chosen."),
            Picture(pictures.Real, "Real images", "Real images that the generated ones are compared with."),
            Picture(pictures.Reconstructed, "Reconstructions", "Real images above what the autoencoder makes of them: the generator cannot be sharper than that."),
            Picture(pictures.ClosestPairs, "Nearest pairs", "Generated images above the training images nearest to them, the nearest pair first. Copies would show here."));
    }

    private static XElement? Picture(byte[]? png, string title, string caption) =>
        png is null
            ? null
            : Classed(
                "figure", "picture", Element("h3", title), Element("img", Attribute("src", DataImage.Address(png)), Attribute("alt", caption)),
                Element("figcaption", caption));
}
