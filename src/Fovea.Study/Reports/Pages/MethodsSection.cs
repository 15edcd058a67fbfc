using System.Xml.Linq;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>How differences, intervals and p-values are made.</summary>
internal static class MethodsSection
{
    private static readonly (string Name, string Text)[] Methods =
    [
        (
            "Pairs",
            "Both arms of a seed share initial weights where shapes agree, the order of the data, timesteps and noise, and image k of every cell begins from the same noise. "
                + "The difference of a pair is arm less against; a comparison is the mean over the seeds that both arms have."),
        (
            "Interval b: bootstrap over seeds and images",
            "Of the gradable share. A replicate draws seeds, and one list of images for all cells and both arms, and adds what each of both moves the mean by. "
                + "What seeds move is stretched by √(n/(n−1))·t/z, since a few values drawn from themselves scatter too little (Hesterberg 2015). Below six seeds it is made at least as wide as Student's."),
        (
            "Interval t: Student over seeds",
            "Of figures with one value a seed. No bootstrap: three values drawn from themselves have ten different samples, and the interval would be far too narrow. "
                + "It supposes that differences of seeds are about normal, which a few seeds cannot show. It is over trainings; the photographs are the same."),
        (
            "Interval i: images alone",
            "With one seed: of the gradable share the bootstrap over images; of other figures both cells' half-widths in quadrature, as if independent. "
                + "It holds for these two trainings only."),
        (
            "Images alone",
            "Half the width of a 95 % interval that images alone give to the difference of one pair of cells, in quadrature (root of the mean square over seeds). "
                + "Pairs share photographs and noise, so it is rather too large."),
        (
            "p (t), p (Holm)",
            "Student's test over differences of seeds, and the same adjusted for all comparisons of the question, over metrics and training sizes, by Holm 1979. "
                + "A difference is claimed where the interval excludes 0; whether it survives the adjustment is said beside it."),
        (
            "p (Wilcoxon), smallest p",
            "The exact signed-rank test over seeds (pairs that are equal left out), and the smallest two-sided p-value that so many pairs can give, 2/2ⁿ."),
        (
            "Effect sizes",
            "d_z: mean difference in standard deviations of the differences of seeds; of few seeds it is itself very uncertain. Rank-biserial (Kerby 2014): share of ranks above 0 less that below, −1 to 1."),
        (
            "Better and worse",
            "By the metric: a larger gradable share, precision, recall, coverage, PSNR and SSIM are better, smaller distances and losses are. A density and a share of images near training images are called higher or lower only."),
        (
            "Held-out loss",
            "Compared only where both arms of a pair have the same autoencoder: losses in other latents are on another scale."),
        (
            "Near a training image",
            "Share of generated images as near to a training image as the nearest 5 % of the held-out photographs; about as many are expected of images that are no copies."),
    ];

    public static XElement Of() =>
        PageParts.Section("methods", "How the numbers are made", Classed("dl", "definitions", Methods.Select(method => PageParts.Term(method.Name, method.Text))));
}
