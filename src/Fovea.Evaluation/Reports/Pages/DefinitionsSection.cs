using System.Xml.Linq;
using Fovea.Evaluation.Results;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Evaluation.Reports.Pages;

/// <summary>What each figure is, who defined it, and when not to trust it.</summary>
internal static class DefinitionsSection
{
    private static readonly (string Name, string Text)[] Definitions =
    [
        (
            "Gradable",
            "Graded good, or usable with P(reject) below 0.25 (the rule of AutoMorph, Zhou et al. 2022; grades as of EyeQ, Fu et al. 2019). "
                + "Do not trust it when the grader has seen the generator's training images, or from a grader that does badly on held-out photographs: it sees "
                + "blur and light, not whether anatomy is right."),
        (
            "Intervals of shares",
            "Wilson 1927 for a share, Newcombe 1998 for the difference of two. They know of chance among images only, not of another training run."),
        (
            "Fréchet distance",
            "Between normal distributions fitted to features (Heusel et al. 2017). It is called FID only with the Inception network that it is "
                + "defined on; figures of two networks cannot be compared. It is biased by about a constant over N, so figures of unlike numbers of "
                + "images cannot be compared either; the line in 1/N takes the bias off (Chong and Forsyth 2020). Do not trust it for fewer images "
                + "than features, or without the floor."),
        (
            "Floor",
            "The same distance between parts of the real images. No generator can be told to do better. Parts share images over the splits, so the "
                + "spread is smaller than that of new images."),
        (
            "Kernel distance",
            "Squared maximum mean discrepancy with a cubic kernel, unbiased, so that it may be below 0 (KID, Bińkowski et al. 2018). Do not "
                + "trust a value whose interval holds 0 to rank two models."),
        (
            "Precision and recall",
            "Shares of generated images within the support of the real ones and the reverse, by nearest neighbours (Kynkäänniemi et al. 2019). One "
                + "outlier makes a support large: read precision together with density."),
        (
            "Density and coverage",
            "How many real neighbourhoods hold a generated image, 1 for like distributions, and the share of real images whose neighbourhood holds "
                + "one (Naeem et al. 2020). Coverage depends on the numbers of images: read it beside its expectation. Recall has no closed form: read it "
                + "beside that of real halves, at their number of images."),
        (
            "MS-SSIM of pairs",
            "Multi-scale structural similarity (Wang et al. 2003) between images of one set; the smaller, the more variety. Images of "
                + "one kind are all alike to it: "
                + "only the comparison with real pairs means something."),
        (
            "Named figures",
            "Hue histograms, vesselness (Frangi et al. 1998), contrast of the disc, brightness by distance from the middle. Each looks at one thing and "
                + "none at whether a vessel tree is possible. Cameras change hue and light: real images of another camera differ too."),
        (
            "Classes asked for",
            "A linear discriminant (Fisher 1936, covariance shrunk by a tenth as in Friedman 1989) of the training images' features, all classes equally "
                + "likely beforehand, says which "
                + "class it sees. Balanced accuracy is the mean over classes of the share seen as what it is. Do not trust it where it cannot tell "
                + "held-out real images; it may be "
                + "higher than theirs, as generated images of a class may be more alike than real ones."),
        (
            "Dice and clDice",
            "Overlap of the mask that an image was drawn for with the vessels that a fixed filter (Frangi et al. 1998) finds in the image: as many pixels as "
                + "the mask has within the retina, where "
                + "its cover is at least half. Dice counts pixels; clDice (Shit et al. 2021) counts centre lines, made by thinning (Guo and Hall 1989), so "
                + "that width matters less. The filter "
                + "misses and invents vessels: read both beside real images with their own masks, and beside masks of other images, which have as many "
                + "vessels about the same places."),
        (
            "Memorisation",
            "Distance to the nearest training image, beside that of held-out real images of other persons. The thresholds are distances of "
                + "held-out images by their rank: k of n held-out images are as near, and of a generator that copies nothing k / (n + 1) on "
                + "average. Intervals know that "
                + "held-out images are few as well as generated ones (beta-binomial). Do not trust it with few held-out images, or when those hold persons of "
                + "the training set; features may miss a copy that is turned or cropped."),
        (
            "DCR and NNDR",
            "Distance to closest record: the distance to the nearest training image. Nearest neighbour distance ratio: that distance over the one "
                + "to the second nearest (Zhao et "
                + "al. 2021); near 0 for an image that lies on one training image and far from all others. Both beside held-out images, by median and 5th "
                + "percentile. Do not trust the "
                + "median to show copies: few images do not move it. Blurred images may lie near to everything: look at the same share by precision."),
        (
            "Membership inference",
            "Area under the ROC curve of telling training images (members) from held-out images of other persons by the distance to the nearest "
                + "generated image (the attack by "
                + "distance of Chen et al., GAN-Leaks, 2020). Interval of DeLong et al. 1988, by persons where they are known (Obuchowski 1997). Do not trust "
                + "0.5 to mean that nothing can be drawn "
                + "from the weights: this attack sees images only."),
        (
            "Two-sample test",
            "Accuracy of a small network that was taught to tell generated from real images (Lopez-Paz and Oquab 2017), on images that it has not seen; "
                + "50 % where nothing tells them. "
                + "Each image is judged once, by the network of the other half. Wilson's interval and the exact binomial test are over images, not over "
                + "trainings. Do not compare accuracies of unlike numbers "
                + "of images or steps: more of them make a better network. An accuracy near 100 % does not say what is wrong; a "
                + "trace that no eye sees is enough."),
        (
            "Downstream",
            "Balanced accuracy, on held-out real images, of classifiers trained on real, generated and both; for images drawn for masks also the "
                + "mean Dice of segmenters. The interval knows of the test images only, not of another training."),
        (
            "Half-sampling intervals",
            "Value ± 1.96 standard deviations of the statistic over random halves of both sets, drawn without repetition. An ordinary "
                + "bootstrap repeats images, which puts neighbours at distance 0."),
    ];

    /// <summary>The definitions of what the page has.</summary>
    public static XElement Build(EvaluationResult result) =>
        PageParts.Section(
            "definitions", "Definitions",
            Classed(
                "dl",
                "definitions",
                Definitions.Where(definition => Applies(definition.Name, result))
                    .Select(definition => PageParts.Term(definition.Name, definition.Text))));

    private static bool Applies(string name, EvaluationResult result) => name switch
    {
        "Gradable" => result.Gradability is not null,
        "Named figures" => result.Fundus is not null,
        "Dice and clDice" => result.Masks is not null,
        "Two-sample test" => result.TwoSample is not null,
        "DCR and NNDR" or "Membership inference" => result.Memorisation.Count > 0,
        _ => true,
    };
}
