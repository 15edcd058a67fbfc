using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

/// <summary>Short ways to run samplers and look at what comes out.</summary>
internal static class Sampled
{
    public static readonly NoiseSchedule Linear1000 = NoiseSchedule.Create(new NoiseScheduleOptions());

    /// <summary>
    /// T = steps + 1 timesteps evenly spaced in λ = ln(α/σ) from 3 (t = 0) down to −3: the regime of the samplers' theory, where
    /// no step is long in λ.
    /// </summary>
    public static NoiseSchedule UniformLambda(int steps) => NoiseSchedule.FromAlphaBar(
        [.. Enumerable.Range(0, steps + 1).Select(t => 1 / (1 + Math.Exp(-2 * (3 - 6.0 * t / steps))))]);

    public static double[] Doubles(torch.Tensor values) => values.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();

    /// <summary>Runs a sampler until the test is cancelled.</summary>
    public static torch.Tensor Run(ISampler sampler, SamplingRequest request) =>
        sampler.Sample(request, TestContext.Current.CancellationToken);

    /// <summary>Runs a deterministic sampler, as a plain function of its starting values.</summary>
    public static double[] Values(ISampler sampler, IDenoiser denoiser, double[] start, SamplerOptions options)
    {
        using var scope = NewDisposeScope();
        return Doubles(Run(sampler, new SamplingRequest
        {
            Denoiser = denoiser,
            InitialNoise = tensor(start, [1, 1, 1, start.Length]),
            Noise = new WaveNoise(),
            Options = options,
        }));
    }

    /// <summary>Mean and covariance over all pixels of the pairs (channel 0, channel 1).</summary>
    public static (double[] Mean, double[,] Covariance) Moments(torch.Tensor samples)
    {
        using var scope = NewDisposeScope();
        var x = Doubles(samples.select(1, 0));
        var y = Doubles(samples.select(1, 1));
        var (mx, my) = (x.Average(), y.Average());
        var xy = x.Zip(y, (a, b) => (a - mx) * (b - my)).Average();
        return ([mx, my], new[,] { { x.Average(a => (a - mx) * (a - mx)), xy }, { xy, y.Average(b => (b - my) * (b - my)) } });
    }

    /// <summary>A denoiser of any kind made from an ε function of (x, t), for element-wise checks.</summary>
    public static IDenoiser FromEpsilon(NoiseSchedule schedule, PredictionKind kind, Func<torch.Tensor, int, torch.Tensor> epsilon) =>
        new DelegateDenoiser(kind, (x, timesteps) =>
        {
            using var scope = NewDisposeScope();
            var t = (int)timesteps[0].item<long>();
            var (alpha, sigma) = (tensor(schedule.Alpha[t]), tensor(schedule.Sigma[t]));
            var noise = epsilon(x, t);
            var clean = (x - sigma * noise) / alpha;
            var output = kind switch
            {
                PredictionKind.Epsilon => noise,
                PredictionKind.Velocity => alpha * noise - sigma * clean,
                _ => clean,
            };
            return output.MoveToOuterDisposeScope();
        });
}
