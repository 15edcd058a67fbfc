using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Turns noise into samples with a denoiser, on a noise schedule fixed at construction. Implementations hold no state between
/// runs.
/// </summary>
public interface ISampler
{
    /// <summary>The name in configuration files.</summary>
    string Name { get; }

    /// <summary>How often a run with that many steps calls the denoiser.</summary>
    int ModelCalls(int steps);

    /// <summary>
    /// Samples, shaped like the initial noise, without recording gradients; a new tensor in the caller's dispose scope.
    /// </summary>
    /// <exception cref="Core.Errors.InputException">
    /// The options break a rule, or ε prediction meets zero terminal SNR. Thrown before the denoiser is called.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; looked at before each step.</exception>
    Tensor Sample(SamplingRequest request, CancellationToken cancellation = default);
}
