using Fovea.Core.Errors;

namespace Fovea.Diffusion.Sampling;

/// <summary>Rules that hold for some samplers only.</summary>
internal static class SamplerChecks
{
    /// <summary>A setting that has no effect is an error, or the user believes that it has one.</summary>
    public static void RequireNoEta(string sampler, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Options.Eta != 0)
            throw new InputException($"eta: {request.Options.Eta} is for the sampler 'ddim' only; with '{sampler}' it must be 0");
    }
}
