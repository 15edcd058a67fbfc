using Fovea.Core.Errors;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Runs DDIM (η = 0) backwards: which noise leads to an image? Each step x_t → x_s of <see cref="DdimSampler"/> is an equation for x_t, whose ε is that of x_t
/// itself; it is solved by fixed-point iteration (Pan et al., "Effective real image editing with accelerated iterative diffusion inversion", 2023), where the
/// usual
/// inversion takes ε at x_s and is off by the size of a step.
/// </summary>
/// <param name="schedule">The schedule that the network was trained with.</param>
public sealed class DdimInversion(NoiseSchedule schedule)
{
    private const int Iterations = 4;

    /// <summary>
    /// The noise ε for which <see cref="DdimSampler"/>, given it as initial noise with the same image, strength, options and denoiser, ends at the image: where
    /// the
    /// run begins, x = α·x0 + σ·ε is the point that the deterministic steps lead to x0. Shaped like x0; a new tensor in the caller's dispose scope.
    /// </summary>
    /// <param name="image">x0 and the strength; what of it stays does not matter.</param>
    /// <param name="denoiser">The network with its conditions.</param>
    /// <param name="options">Steps and their spacing; η must be 0.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="InputException">The options break a rule.</exception>
    public Tensor NoiseOf(KnownImage image, IDenoiser denoiser, SamplerOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Eta != 0) throw new InputException($"eta: {options.Eta} is not allowed; steps with noise cannot be run backwards, it must be 0");
        var request = new SamplingRequest { Denoiser = denoiser, InitialNoise = image.Clean, Noise = new CounterNoiseSource(0), Options = options };
        SamplingLoop.Validate(schedule, request);
        var grid = new TimestepGrid(schedule, options.Spacing, options.Steps);
        using var noGradients = no_grad();
        using var run = NewDisposeScope();
        var first = image.FirstStep(grid.Steps);
        var latent = image.Clean.alias();
        for (var i = grid.Steps - 1; i >= first; i--)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var before = Back(request, grid, i, latent);
            latent.Dispose();
            latent = before.MoveToOuterDisposeScope();
        }

        var level = grid.Levels[first];
        return TensorMath.Combine(1 / level.Sigma, latent, -level.Alpha / level.Sigma, image.Clean).MoveToOuterDisposeScope();
    }

    // x at level i of which step i makes x at level i + 1: x_s = α_s·x0(x_t) + σ_s·ε(x_t). With x0 = (x_t − σ_t·ε)/α_t it is x_t = (α_t/α_s)·(x_s − σ_s·ε) +
    // σ_t·ε, a
    // contraction where there is little noise; with ε = (x_t − α_t·x0)/σ_t it is x_t = (σ_t/σ_s)·(x_s − α_s·x0) + α_t·x0, one where there is much.
    private static Tensor Back(SamplingRequest request, TimestepGrid grid, int i, Tensor latent)
    {
        var (from, to) = (grid.Levels[i], grid.Levels[i + 1]);
        var (kept, ofNoise) = (from.Alpha / to.Alpha, from.Sigma - from.Alpha / to.Alpha * to.Sigma);
        var (raised, ofClean) = (from.Sigma / to.Sigma, from.Alpha - from.Sigma / to.Sigma * to.Alpha);
        // How fast each contracts for data of variance 1; at the clean end σ_s is 0, and the second is infinite.
        var byNoise = to.Sigma == 0 || ofNoise * from.Sigma <= -ofClean * from.Alpha;
        var guess = latent.alias();
        for (var k = 0; k < Iterations; k++)
        {
            var (clean, noise) = SamplingLoop.Denoise(request, grid, i, guess);
            guess = byNoise ? TensorMath.Combine(kept, latent, ofNoise, noise) : TensorMath.Combine(raised, latent, ofClean, clean);
        }

        return guess;
    }
}
