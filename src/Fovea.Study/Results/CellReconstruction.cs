namespace Fovea.Study.Results;

/// <summary>How well the cell's autoencoder reconstructs held-out images.</summary>
/// <param name="Images">Their number.</param>
/// <param name="Psnr">Peak signal-to-noise ratio, dB.</param>
/// <param name="Ssim">Structural similarity.</param>
public sealed record CellReconstruction(int Images, double Psnr, double Ssim);
