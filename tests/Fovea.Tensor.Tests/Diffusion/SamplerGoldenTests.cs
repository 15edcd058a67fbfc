using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

/// <summary>
/// Whole sampling loops with a made-up model ε(x, t) = sin(x)·(t + 1)/T, against plain loops written from the papers in their own
/// notation (β, ᾱ; λ, h, r), not from the code under test.
/// </summary>
public sealed class SamplerGoldenTests
{
    private const int T = 100;
    private const int Steps = 8;

    // 100 − i·12.5 rounded, minus 1.
    private static readonly int[] Timesteps = [99, 87, 74, 62, 49, 37, 24, 12];
    private static readonly double[] Start = [1.3, -0.4, 0.2, -1.9, 0.05, 0.8];

    private static readonly NoiseSchedule Schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Timesteps = T });

    public static TheoryData<PredictionKind> Kinds => [PredictionKind.Epsilon, PredictionKind.Velocity, PredictionKind.Sample];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ddpm_DummyModel_FollowsAlgorithm2(PredictionKind kind)
    {
        var alphaBar = AlphaBar();
        var expected = Loop((x, i, element) =>
        {
            var (now, before) = (alphaBar[Timesteps[i]], Before(alphaBar, i));
            var beta = 1 - now / before;
            var mean = (x - beta / Math.Sqrt(1 - now) * Epsilon(x, Timesteps[i])) / Math.Sqrt(1 - beta);
            var variance = (1 - before) / (1 - now) * beta;
            return mean + Math.Sqrt(variance) * WaveNoise.At(i + 1, element);
        });
        AssertClose(expected, Run(new DdpmSampler(Schedule), kind, eta: 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(1)]
    public void Ddim_DummyModel_FollowsEquation12(double eta)
    {
        var alphaBar = AlphaBar();
        var expected = Loop((x, i, element) =>
        {
            var (now, before) = (alphaBar[Timesteps[i]], Before(alphaBar, i));
            var epsilon = Epsilon(x, Timesteps[i]);
            var sigma = eta * Math.Sqrt((1 - before) / (1 - now)) * Math.Sqrt(1 - now / before);
            var predicted = (x - Math.Sqrt(1 - now) * epsilon) / Math.Sqrt(now);
            return Math.Sqrt(before) * predicted + Math.Sqrt(1 - before - sigma * sigma) * epsilon
                + sigma * WaveNoise.At(i + 1, element);
        });
        foreach (var kind in Kinds) AssertClose(expected, Run(new DdimSampler(Schedule), kind.Data, eta));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DpmSolver_DummyModel_FollowsAlgorithm2(PredictionKind kind)
    {
        var alphaBar = AlphaBar();
        double Lambda(int i) => 0.5 * Math.Log(alphaBar[Timesteps[i]] / (1 - alphaBar[Timesteps[i]]));
        var previous = new double[Start.Length];
        var expected = Loop((x, i, element) =>
        {
            var (alpha, sigma) = (Math.Sqrt(alphaBar[Timesteps[i]]), Math.Sqrt(1 - alphaBar[Timesteps[i]]));
            var predicted = (x - sigma * Epsilon(x, Timesteps[i])) / alpha;
            var older = previous[element];
            previous[element] = predicted;
            if (i == Steps - 1) return predicted;
            var h = Lambda(i + 1) - Lambda(i);
            var d = predicted;
            if (i > 0)
            {
                var r = (Lambda(i) - Lambda(i - 1)) / h;
                d = (1 + 1 / (2 * r)) * predicted - 1 / (2 * r) * older;
            }

            var next = alphaBar[Timesteps[i + 1]];
            return Math.Sqrt(1 - next) / sigma * x - Math.Sqrt(next) * (Math.Exp(-h) - 1) * d;
        });
        AssertClose(expected, Run(new DpmSolverSampler(Schedule), kind, eta: 0));
    }

    [Fact]
    public void Ddpm_AndDdimWithEtaOne_AreTheSame() =>
        // Song et al. 2020, section 4.1.
        AssertClose(Run(new DdpmSampler(Schedule), PredictionKind.Velocity, 0), Run(new DdimSampler(Schedule), PredictionKind.Velocity, 1));

    private static double[] AlphaBar()
    {
        var alphaBar = new double[T];
        var product = 1.0;
        for (var t = 0; t < T; t++) alphaBar[t] = product *= 1 - (0.001 + (0.2 - 0.001) * t / (T - 1));
        return alphaBar;
    }

    private static double Before(double[] alphaBar, int i) => i == Steps - 1 ? 1 : alphaBar[Timesteps[i + 1]];

    private static double Epsilon(double x, int t) => Math.Sin(x) * (t + 1) / T;

    private static double[] Loop(Func<double, int, int, double> step)
    {
        var x = (double[])Start.Clone();
        for (var i = 0; i < Steps; i++)
        {
            for (var element = 0; element < x.Length; element++) x[element] = step(x[element], i, element);
        }

        return x;
    }

    private static double[] Run(ISampler sampler, PredictionKind kind, double eta)
    {
        using var scope = NewDisposeScope();
        return Sampled.Doubles(sampler.Sample(new SamplingRequest
        {
            Denoiser = Sampled.FromEpsilon(Schedule, kind, (x, t) => x.sin() * tensor((t + 1.0) / T)),
            InitialNoise = tensor(Start, [2, 1, 1, 3]),
            Noise = new WaveNoise(),
            Options = new SamplerOptions { Steps = Steps, Eta = eta },
        }));
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        // Eight steps of double arithmetic; 1/α up to 160 at the first step amplifies rounding most.
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-10 * Math.Max(1, Math.Abs(expected[i])));
    }
}
