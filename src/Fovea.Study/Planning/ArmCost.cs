namespace Fovea.Study.Planning;

/// <summary>What an arm takes, measured by a few steps.</summary>
/// <param name="AutoencoderStep">Seconds of a step of its autoencoder.</param>
/// <param name="DenoiserStep">Seconds of a step of its denoiser.</param>
/// <param name="Image">Seconds of drawing an image.</param>
/// <param name="NoisyImage">Seconds of drawing an image on a noisy device; 0 where none is drawn so.</param>
public sealed record ArmCost(double AutoencoderStep, double DenoiserStep, double Image, double NoisyImage);
