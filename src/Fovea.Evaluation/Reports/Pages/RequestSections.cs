using System.Xml.Linq;
using Fovea.Evaluation.Results;
using Fovea.Reporting;
using Fovea.Reporting.Pages;

namespace Fovea.Evaluation.Reports.Pages;

/// <summary>Whether generated images show the class that they were asked for.</summary>
internal static class ClassesSection
{
    public static XElement Build(ClassJudgement judgement) =>
        PageParts.Section(
            "classes", "Classes",
            PageParts.Note(
                $"What a discriminant of training images sees in the features of {judgement.Network}. Guessing has a balanced accuracy of "
                    + $"{Figures.Number(judgement.Chance)}; held-out real images show how well it tells classes at all."),
            Table("Generated images by the class asked for (rows) and the class seen (columns)", judgement.Classes, judgement.Generated),
            Table("Held-out real images by their class (rows) and the class seen (columns)", judgement.Classes, judgement.Real));

    private static object?[] Table(string caption, IReadOnlyList<string> classes, ClassConfusion confusion) =>
    [
        PlainTable.Draw(
            caption, ["class", .. classes, "seen as it is"],
            confusion.Counts.Select((row, label) => (IReadOnlyList<object?>)
            [
                classes[label],
                .. row.Cast<object?>(),
                row.Sum() == 0 ? Figures.None : Numbers.Percent(row[label] / (double)row.Sum()),
            ])),
        PageParts.Note($"Balanced accuracy {Numbers.Text(confusion.BalancedAccuracy)}{InOrder(confusion)}."),
    ];

    private static string InOrder(ClassConfusion confusion) => confusion.RankCorrelation is { } rank
        ? $"; rank correlation of class and what is seen {Figures.Number(rank, 2)}, which means something for classes in an order, such as grades"
        : "";
}

/// <summary>Whether images follow the masks that they were drawn for.</summary>
internal static class MaskSection
{
    public static XElement Build(MaskJudgement judgement, byte[]? picture) =>
        PageParts.Section(
            "masks", "Masks",
            PicturesSection.Picture(picture, "Mask, image, vessels",
                "Masks above the images that were drawn for them, above the vessels that a fixed filter finds in these."),
            PlainTable.Draw(
                $"Masks of {judgement.Mask} and what a fixed filter finds in the images, with bootstrap intervals over pairs",
                    ["pairs of", "pairs", "Dice", "clDice"],
                MaskWords.Rows(judgement)
                    .Select(row => new object?[]
                    {
                        row.Name, MaskWords.Pairs(row.Pairs), Numbers.Text(row.Pairs.Dice), Numbers.Text(row.Pairs.CentreLineDice),
                    })),
            PageParts.Note(
                "The filter takes as many pixels for vessels as the mask has within the retina: those with the highest vesselness. "
                    + "What it finds of a true mask in a real image is what generated ones can reach at most."));
}
