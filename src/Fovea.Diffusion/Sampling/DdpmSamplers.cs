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

/// <summary>
/// Song, Meng, Ermon, "Denoising diffusion implicit models", 2020, eqs. 12 and 16. From t to s &lt; t:
/// x_s = α_s·x0 + √(σ_s² − δ²)·ε + δ·z, with δ = η·(σ_s/σ_t)·√(1 − ᾱ_t/ᾱ_s) and z ~ N(0, I). η = 0 is a first-order solver of
/// the probability-flow equation; η = 1 has the law of ancestral sampling.
/// </summary>
/// <param name="schedule">The schedule that the network was trained with.</param>
public sealed class DdimSampler(NoiseSchedule schedule) : ISampler
{
    /// <inheritdoc/>
    public string Name => "ddim";

    /// <inheritdoc/>
    public int ModelCalls(int steps) => steps;

    /// <inheritdoc/>
    public Tensor Sample(SamplingRequest request, CancellationToken cancellation = default) =>
        SamplingLoop.Run(Name, schedule, request, Step, cancellation);

    private static Tensor Step(StepState state)
    {
        var (from, to) = (state.From, state.To);
        var kept = from.Alpha / to.Alpha;
        var added = state.Request.Options.Eta * to.Sigma / from.Sigma * Math.Sqrt(1 - kept * kept);
        var direction = Math.Sqrt(Math.Max(0, to.Sigma * to.Sigma - added * added));
        var next = TensorMath.Combine(to.Alpha, state.Clean, direction, state.Noise);
        return added == 0 ? next : TensorMath.AddScaled(next, added, state.Draw());
    }
}
