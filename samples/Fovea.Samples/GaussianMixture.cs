using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Samples;

/// <summary>A sampler without any network: for a mixture of two Gaussians the best denoiser is a formula.</summary>
internal static class GaussianMixture
{
    private const int Count = 2000;

    // A quarter of the mass at −2, the rest at +1.
    private static readonly (double Share, double Mean, double Deviation)[] Parts = [(0.25, -2, 0.3), (0.75, 1, 0.5)];

    public static void Run()
    {
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions());
        var noise = new CounterNoiseSource(seed: 1);
        foreach (var name in SamplerRegistry.Names)
        {
            using var scope = NewDisposeScope();
            var samples = SamplerRegistry.Create(name, schedule).Sample(new SamplingRequest
            {
                Denoiser = new DelegateDenoiser(PredictionKind.Epsilon, (x, timesteps) => Noise(schedule, x, (int)timesteps[0].item<long>())),
                InitialNoise = noise.Normal([Count, 1], 0, ScalarType.Float64, CPU),
                Noise = noise,
                Options = new SamplerOptions { Steps = 50 },
            });
            var left = samples.lt(-0.7).to(ScalarType.Float64).mean().item<double>();
            Console.WriteLine($"{name}: share at the left {left:F3}, mean {samples.mean().item<double>():F3}");
        }

        Console.WriteLine("truth: share at the left 0.250, mean 0.250");
    }

    /// <summary>E[ε | x_t]: x_t of each part is Gaussian, with mean α·μ and variance α²·s² + σ².</summary>
    private static Tensor Noise(NoiseSchedule schedule, Tensor x, int t)
    {
        using var scope = NewDisposeScope();
        var (alpha, sigma) = (schedule.Alpha[t], schedule.Sigma[t]);
        var (total, weighted) = (zeros_like(x), zeros_like(x));
        foreach (var (share, mean, deviation) in Parts)
        {
            var variance = alpha * alpha * deviation * deviation + sigma * sigma;
            var offset = x - alpha * mean;
            var density = share / Math.Sqrt(variance) * exp(offset.square() * (-0.5 / variance));
            total += density;
            weighted += density * offset * (sigma / variance);
        }

        return (weighted / total).MoveToOuterDisposeScope();
    }
}
