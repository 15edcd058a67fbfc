namespace Fovea.Judging.Results;

/// <summary>Whether generated images follow the masks that they were drawn for.</summary>
/// <param name="Mask">The class of mask.</param>
/// <param name="Generated">Generated images with the masks that were asked for.</param>
/// <param name="Real">Real images with their own masks: what the filter finds of a true mask.</param>
/// <param name="Unlike">Real images with the masks of others: what it finds by chance.</param>
public sealed record MaskJudgement(string Mask, FollowedMasks Generated, FollowedMasks Real, FollowedMasks Unlike);

/// <summary>How far the vessels that a filter finds in images are those of masks.</summary>
/// <param name="Pairs">Pairs of image and mask.</param>
/// <param name="Dice">Mean of Dice's coefficient, with its bootstrap interval over pairs.</param>
/// <param name="CentreLineDice">Mean of clDice, with its interval.</param>
public sealed record FollowedMasks(int Pairs, Figure Dice, Figure CentreLineDice);
