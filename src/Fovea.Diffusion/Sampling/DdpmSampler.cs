using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Ancestral sampling. Ho, Jain, Abbeel, "Denoising diffusion probabilistic models", 2020, algorithm 2 with the posterior of
/// eqs. 6 and 7 and its own variance β̃ ("fixed small"). On respaced timesteps s &lt; t, with β = 1 − ᾱ_t/ᾱ_s in place of one
/// training step's β (Nichol, Dhariwal 2021, section 4):
/// x_s ~ N( (α_t/α_s)·(σ_s²/σ_t²)·x_t + α_s·(β/σ_t²)·x0 , (σ_s²/σ_t²)·β ).
/// </summary>
/// <param name="schedule">The schedule that the network was trained with.</param>
public sealed class DdpmSampler(NoiseSchedule schedule) : ISampler
{
    /// <inheritdoc/>
    public string Name => "ddpm";

    /// <inheritdoc/>
    public int ModelCalls(int steps) => steps;

    /// <inheritdoc/>
    public Tensor Sample(SamplingRequest request, CancellationToken cancellation = default)
    {
        SamplerChecks.RequireNoEta(Name, request);
        return SamplingLoop.Run(Name, schedule, request, Step, cancellation);
    }

    private static Tensor Step(StepState state)
    {
        var (from, to) = (state.From, state.To);
        var kept = from.Alpha / to.Alpha;
        var beta = 1 - kept * kept;
        var noiseRatio = to.Sigma * to.Sigma / (from.Sigma * from.Sigma);
        var mean = TensorMath.Combine(
            kept * noiseRatio, state.Latent, to.Alpha * beta / (from.Sigma * from.Sigma), state.Clean);
        var deviation = Math.Sqrt(noiseRatio * beta);
        return deviation == 0 ? mean : TensorMath.AddScaled(mean, deviation, state.Draw());
    }
}
