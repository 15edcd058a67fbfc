using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

/// <summary>
/// A denoiser given as the conditional mean E[x0 | x_t] of known data, put out as x0, ε, v or the flow. All images of a call share one
/// timestep, as they do in sampling.
/// </summary>
internal sealed class ClosedFormDenoiser(
    NoiseSchedule schedule, PredictionKind kind, Func<torch.Tensor, NoiseLevel, torch.Tensor> conditionalMean) : IDenoiser
{
    public int Calls { get; private set; }

    public PredictionKind Kind => kind;

    public torch.Tensor Predict(torch.Tensor noisy, torch.Tensor timesteps)
    {
        Calls++;
        using var scope = NewDisposeScope();
        var level = schedule.LevelAt((int)timesteps[0].item<long>());
        var (alpha, sigma) = (tensor(level.Alpha), tensor(level.Sigma));
        var clean = conditionalMean(noisy, level);
        var output = kind switch
        {
            PredictionKind.Sample => clean,
            PredictionKind.Epsilon => (noisy - alpha * clean) / sigma,
            PredictionKind.Flow => (noisy - alpha * clean) / sigma - clean,
            // x0 = α·x − σ·v solved for v.
            _ => (alpha * noisy - clean) / sigma,
        };
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>E[x0 | x] for x0 ~ N(mean, deviation²) in each element: a linear function of x.</summary>
    public static Func<torch.Tensor, NoiseLevel, torch.Tensor> Gaussian(double mean, double deviation) => (x, level) =>
    {
        var variance = level.Alpha * level.Alpha * deviation * deviation + level.Sigma * level.Sigma;
        var gain = level.Alpha * deviation * deviation / variance;
        return tensor(mean - gain * level.Alpha * mean).Plus(tensor(gain) * x);
    };
}
