namespace Fovea.Evaluation.Results;

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
/// <param name="Dice">Mean of Dice's coefficient, with its bootstrap interval over pairs.</param>
/// <param name="CentreLineDice">Mean of clDice, with its interval.</param>
public sealed record FollowedMasks(int Pairs, Figure Dice, Figure CentreLineDice);
