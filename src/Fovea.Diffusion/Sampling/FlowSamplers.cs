using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Euler's method for the flow dy/ds = u along the straight line y = (1 − s)·x0 + s·ε from data to noise (Liu et al., "Flow straight and fast", 2022), where
/// u = ε − x0 is what the denoiser says of both, whatever it predicts, and x = y/√((1 − s)² + s²). One step is that of <see cref="DdimSampler"/> with η = 0,
/// written otherwise.
/// </summary>
/// <param name="schedule">The schedule that the network was trained with.</param>
public sealed class EulerSampler(NoiseSchedule schedule) : ISampler
{
    /// <inheritdoc/>
    public string Name => "euler";

    /// <inheritdoc/>
    public int ModelCalls(int steps) => steps;

    /// <inheritdoc/>
    public Tensor Sample(SamplingRequest request, CancellationToken cancellation = default)
    {
        SamplerChecks.RequireNoEta(Name, request);
        return SamplingLoop.Run(Name, schedule, request, state => LineFlow.Move(state, LineFlow.At(state)), cancellation);
    }
}

/// <summary>
/// Heun's method for the same flow: the mean of the flows where a step of Euler's method begins and where it would end, as in Karras et al., "Elucidating the
/// design space of diffusion-based generative models", 2022, algorithm 1. Of second order; the last step, which ends without noise, is Euler's.
/// </summary>
/// <param name="schedule">The schedule that the network was trained with.</param>
public sealed class HeunSampler(NoiseSchedule schedule) : ISampler
{
    /// <inheritdoc/>
    public string Name => "heun";

    /// <inheritdoc/>
    public int ModelCalls(int steps) => 2 * steps - 1;

    /// <inheritdoc/>
    public Tensor Sample(SamplingRequest request, CancellationToken cancellation = default)
    {
        SamplerChecks.RequireNoEta(Name, request);
        return SamplingLoop.Run(Name, schedule, request, Step, cancellation);
    }

    private static Tensor Step(StepState state)
    {
        var flow = LineFlow.At(state);
        var next = LineFlow.Move(state, flow);
        if (state.To.Sigma == 0) return next;
        var (clean, noise) = SamplingLoop.Denoise(state.Request, state.Grid, state.Index + 1, next);
        return LineFlow.Move(state, TensorMath.Combine(0.5, flow, 0.5, noise.sub(clean)));
    }
}

/// <summary>The flow along the line from data to noise.</summary>
internal static class LineFlow
{
    /// <summary>u = ε − x0 where a step begins.</summary>
    public static Tensor At(StepState state) => state.Noise.sub(state.Clean);

    /// <summary>Follows a constant flow over a step: y ← y + (s_to − s_from)·u with y = x/(α + σ).</summary>
    public static Tensor Move(StepState state, Tensor flow)
    {
        var (from, to) = (state.From, state.To);
        return TensorMath.Combine(to.Length / from.Length, state.Latent, (to.LineTime - from.LineTime) * to.Length, flow);
    }
}
