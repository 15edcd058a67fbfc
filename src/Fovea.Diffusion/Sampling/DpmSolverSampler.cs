using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// DPM-Solver++(2M). Lu et al., "DPM-Solver++: fast solver for guided sampling of diffusion probabilistic models", 2022,
/// algorithm 2: a second-order multistep solver of the probability-flow equation in λ = ln(α/σ). From t to s, with h = λ_s − λ_t
/// and r = (λ_t − λ_previous)/h:
/// x_s = (σ_s/σ_t)·x_t + α_s·(1 − e^(−h))·D, D = (1 + 1/(2r))·x0 − 1/(2r)·x0_previous.
/// The first step, having no previous x0, and the last one, where h is infinite, use D = x0.
/// </summary>
/// <param name="schedule">The schedule that the network was trained with.</param>
public sealed class DpmSolverSampler(NoiseSchedule schedule) : ISampler
{
    /// <inheritdoc/>
    public string Name => "dpm-solver++";

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
        // α_s·(1 − e^(−h)) = α_s − σ_s·α_t/σ_t holds without signal (α_t = 0) and without noise (σ_s = 0) too.
        var gain = to.Alpha - to.Sigma * from.Alpha / from.Sigma;
        var extrapolation = Extrapolation(state);
        var next = TensorMath.Combine(to.Sigma / from.Sigma, state.Latent, gain * (1 + extrapolation), state.Clean);
        return state.PreviousClean is { } previous && extrapolation != 0
            ? TensorMath.AddScaled(next, -gain * extrapolation, previous)
            : next;
    }

    /// <summary>
    /// 1/(2r); 0 where the rule is of first order, which a previous level without signal (λ = −∞, r = ∞) brings by itself.
    /// </summary>
    private static double Extrapolation(StepState state)
    {
        if (state.PreviousClean is null || state.To.Sigma == 0) return 0;
        var previousStep = state.From.HalfLogSnr - state.Grid.Levels[state.Index - 1].HalfLogSnr;
        return (state.To.HalfLogSnr - state.From.HalfLogSnr) / (2 * previousStep);
    }
}
