using Fovea.Models;
using Fovea.Models.Autoencoders;
using Fovea.Models.Denoisers;

namespace Fovea.Judging.Packing;

/// <summary>How large the networks of a model are and how long they were trained.</summary>
/// <param name="Autoencoder">The autoencoder's parameters.</param>
/// <param name="Denoiser">The denoiser's.</param>
/// <param name="AutoencoderSteps">Optimizer steps of the autoencoder.</param>
/// <param name="DenoiserSteps">Optimizer steps of the denoiser.</param>
internal sealed record ModelSizes(ParameterReport Autoencoder, ParameterReport Denoiser, long AutoencoderSteps, long DenoiserSteps)
{
    public static ModelSizes Of(Autoencoder autoencoder, UNet denoiser, long autoencoderSteps, long denoiserSteps) =>
        new(ParameterReport.Of(autoencoder), ParameterReport.Of(denoiser), autoencoderSteps, denoiserSteps);
}
