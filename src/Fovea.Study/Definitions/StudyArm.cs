namespace Fovea.Study.Definitions;

/// <summary>One kind of model.</summary>
/// <param name="Name">Its name, lower case letters, digits and hyphens.</param>
/// <param name="Autoencoder">What stands at the autoencoder's quantum places.</param>
/// <param name="Denoiser">What stands at the denoiser's quantum places.</param>
/// <param name="Set">Settings of this arm, <c>key=value</c>, over all others: other widths, for instance.</param>
public sealed record StudyArm(string Name, BlockKind Autoencoder, BlockKind Denoiser, IReadOnlyList<string> Set);
