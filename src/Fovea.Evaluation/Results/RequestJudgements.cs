namespace Fovea.Evaluation.Results;

/// <summary>Whether generated images show the class that they were asked for, by what a discriminant of training images sees in them.</summary>
/// <param name="Network">The feature network that looks.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Real">Held-out real images of known class: how well the discriminant tells classes at all.</param>
/// <param name="Generated">Generated images by the class that was asked for.</param>
public sealed record ClassJudgement(string Network, IReadOnlyList<string> Classes, ClassConfusion Real, ClassConfusion Generated)
{
    /// <summary>Balanced accuracy of guessing.</summary>
    public double Chance => 1.0 / Classes.Count;
}

/// <summary>Images by their class and by what is seen in them.</summary>
/// <param name="Counts">A row a class, a column what was seen.</param>
/// <param name="BalancedAccuracy">Mean over classes of the share that is seen as what it is, with its bootstrap interval over images.</param>
public sealed record ClassConfusion(IReadOnlyList<IReadOnlyList<int>> Counts, Figure BalancedAccuracy)
{
    /// <summary>
    /// Rank correlation (Spearman's ρ) of class and what is seen, for classes in an order such as grades; null where either is the same for all images.
    /// </summary>
    public double? RankCorrelation { get; init; }
}

/// <summary>Whether generated images follow the masks that they were drawn for.</summary>
/// <param name="Mask">The class of mask.</param>
/// <param name="Generated">Generated images with the masks that were asked for.</param>
/// <param name="Real">Real images with their own masks: what the filter finds of a true mask.</param>
/// <param name="Unlike">Real images with the masks of others: what it finds by chance.</param>
public sealed record MaskJudgement(string Mask, FollowedMasks Generated, FollowedMasks Real, FollowedMasks Unlike);

/// <summary>Whether segmenters can be trained on generated images and their masks.</summary>
/// <param name="Mask">The class of mask.</param>
/// <param name="TestPairs">Held-out real images with masks.</param>
/// <param name="Steps">Optimizer steps of each segmenter.</param>
/// <param name="Rows">A segmenter each.</param>
public sealed record SegmenterJudgement(string Mask, int TestPairs, int Steps, IReadOnlyList<SegmenterRow> Rows);

/// <summary>A segmenter trained on some pairs of image and mask, and tested on held-out real ones.</summary>
/// <param name="TrainedOn">real, generated, both.</param>
/// <param name="Pairs">Pairs that it was trained on.</param>
/// <param name="Dice">Mean of Dice's coefficient over all test pairs, with its bootstrap interval.</param>
public sealed record SegmenterRow(string TrainedOn, int Pairs, Figure Dice);

/// <summary>How far the vessels that a filter finds in images are those of masks.</summary>
/// <param name="Pairs">Pairs of image and mask.</param>
/// <param name="Empty">Pairs that are not among these, as the mask has no vessels within the retina.</param>
/// <param name="Dice">Mean of Dice's coefficient, with its bootstrap interval over pairs.</param>
/// <param name="CentreLineDice">Mean of clDice, with its interval.</param>
public sealed record FollowedMasks(int Pairs, int Empty, Figure Dice, Figure CentreLineDice);
