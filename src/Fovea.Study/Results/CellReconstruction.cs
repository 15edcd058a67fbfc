namespace Fovea.Study.Results;

/// <summary>How well the cell's autoencoder reconstructs held-out images.</summary>
/// <param name="Images">Their number.</param>
/// <param name="Psnr">Peak signal-to-noise ratio, dB.</param>
/// <param name="Ssim">Structural similarity.</param>
/// <param name="SsimRange">The range of the pixels that it was computed on; null in older cells, where it was [−1, 1] and not [0, 1].</param>
public sealed record CellReconstruction(int Images, double Psnr, double Ssim, string? SsimRange = null);
