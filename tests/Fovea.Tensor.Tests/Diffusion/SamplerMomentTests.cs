using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

/// <summary>
/// With the best possible denoiser, known in closed form for Gaussian and Gaussian-mixture data, each sampler must give back the
/// data's mean and covariance.
/// </summary>
public sealed class SamplerMomentTests(ITestOutputHelper output)
{
    // 18,432 pairs.
    private const int Images = 8;
    private const int Size = 48;

    private static readonly NoiseSchedule ZeroTerminal = NoiseSchedule.Create(
        new NoiseScheduleOptions { Kind = ScheduleKind.ScaledLinear, ZeroTerminalSnr = true });

    private static readonly GaussianMixture Correlated =
        new(new GaussianMixture.Component(1, [0.7, -0.4], new[,] { { 0.5, 0.3 }, { 0.3, 0.8 } }));

    private static readonly GaussianMixture TwoModes = new(
        new GaussianMixture.Component(0.7, [1.0, -0.5], new[,] { { 0.06, 0.02 }, { 0.02, 0.04 } }),
        new GaussianMixture.Component(0.3, [-1.2, 0.8], new[,] { { 0.04, -0.01 }, { -0.01, 0.09 } }));

    // Steps enough that discretisation moves no moment by more than 0.04. Ancestral sampling is the worst: its small variance takes
    // 0.036 from a variance of 0.8 at 200 steps, an error that falls as 1/N.
    public static TheoryData<string, int, double> Runs => new()
    {
        { "ddpm", 200, 0 }, { "ddim", 100, 0 }, { "ddim", 200, 0.5 }, { "dpm-solver++", 30, 0 }, { "euler", 100, 0 }, { "heun", 30, 0 },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Sample_GaussianData_HasItsMeanAndCovariance(string sampler, int steps, double eta) =>
        AssertMoments(Correlated, sampler, steps, eta, Sampled.Linear1000, PredictionKind.Epsilon);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Sample_MixtureData_HasItsMeanAndCovariance(string sampler, int steps, double eta) =>
        AssertMoments(TwoModes, sampler, steps, eta, ZeroTerminal, PredictionKind.Velocity);

    // Flow matching: the straight line from data to noise, and its direction as the network's output.
    [Theory]
    [MemberData(nameof(Runs))]
    public void Sample_MixtureDataByItsFlow_HasItsMeanAndCovariance(string sampler, int steps, double eta) =>
        AssertMoments(TwoModes, sampler, steps, eta, NoiseSchedule.Create(new NoiseScheduleOptions { Kind = ScheduleKind.Rectified }), PredictionKind.Flow);

    private void AssertMoments(
        GaussianMixture data, string sampler, int steps, double eta, NoiseSchedule schedule, PredictionKind kind)
    {
        using var scope = NewDisposeScope();
        var denoiser = new ClosedFormDenoiser(schedule, kind, data.ConditionalMean);
        var source = new CounterNoiseSource(seed: 11);
        var samples = SamplerRegistry.Create(sampler, schedule).Sample(new SamplingRequest
        {
            Denoiser = denoiser,
            InitialNoise = source.Normal([Images, 2, Size, Size], 0, ScalarType.Float64, CPU),
            Noise = source,
            Options = new SamplerOptions { Steps = steps, Eta = eta },
        });
        var (mean, covariance) = Sampled.Moments(samples);
        output.WriteLine($"{sampler} N={steps} eta={eta}: mean error {mean[0] - data.Mean[0]:e1} {mean[1] - data.Mean[1]:e1}, covariance error " +
            $"{covariance[0, 0] - data.Covariance[0, 0]:e1} {covariance[0, 1] - data.Covariance[0, 1]:e1} {covariance[1, 1] - data.Covariance[1, 1]:e1}");
        Assert.Equal(SamplerRegistry.Create(sampler, schedule).ModelCalls(steps), denoiser.Calls);
        for (var i = 0; i < 2; i++)
        {
            // Five standard errors of the mean, √(variance/18,432), and as much again for discretisation.
            Assert.Equal(data.Mean[i], mean[i], 10 * Math.Sqrt(data.Covariance[i, i] / (Images * Size * Size)));
            for (var j = 0; j < 2; j++)
            {
                // Five standard errors of a Gaussian's covariance (at most √(2/18,432) of the variances) and 0.04 for discretisation.
                var scale = Math.Sqrt(data.Covariance[i, i] * data.Covariance[j, j]);
                Assert.Equal(data.Covariance[i, j], covariance[i, j], 5 * scale * Math.Sqrt(2.0 / (Images * Size * Size)) + 0.04);
            }
        }
    }
}
