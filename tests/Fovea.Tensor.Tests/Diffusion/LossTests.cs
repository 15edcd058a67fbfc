using Fovea.Core.Errors;
using Fovea.Diffusion.Losses;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Schedules;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

public sealed class LossTests
{
    private static readonly NoiseSchedule Schedule = Sampled.Linear1000;

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.7)]
    [InlineData(5)]
    [InlineData(400)]
    public void MinSnrWeight_EachKind_WeighsTheCleanErrorAlike(double snr)
    {
        var weighting = new MinSnrWeighting(gamma: 5);
        var expected = snr < 5 ? snr : 5;
        // |x0 − x̂0|² = |ε − ε̂|²/SNR = |v − v̂|²/(SNR+1): the three weights differ by these factors only. Tolerance: rounding.
        Assert.Equal(expected, weighting.Weight(snr, PredictionKind.Sample), 1e-12);
        Assert.Equal(expected / snr, weighting.Weight(snr, PredictionKind.Epsilon), 1e-12);
        Assert.Equal(expected / (snr + 1), weighting.Weight(snr, PredictionKind.Velocity), 1e-12);
        // x0 = (x − σ·u)/(α + σ), so |x0 − x̂0| = σ/(α + σ)·|u − û|.
        var (alpha, sigma) = (Math.Sqrt(snr / (snr + 1)), Math.Sqrt(1 / (snr + 1)));
        Assert.Equal(expected * Math.Pow(sigma / (alpha + sigma), 2), weighting.Weight(snr, PredictionKind.Flow), 1e-12);
    }

    [Fact]
    public void MinSnrWeight_NoSignal_IsZeroOrTheFloor()
    {
        Assert.Equal(0, new MinSnrWeighting().Weight(0, PredictionKind.Velocity));
        Assert.Equal(0.1, new MinSnrWeighting(5, 0.1).Weight(0, PredictionKind.Velocity));
        Assert.Equal(1, new MinSnrWeighting().Weight(0, PredictionKind.Epsilon));
    }

    [Fact]
    public void MinSnrWeighting_BadArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MinSnrWeighting(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MinSnrWeighting(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MinSnrWeighting(5, -1));
    }

    [Theory]
    [InlineData(PredictionKind.Epsilon)]
    [InlineData(PredictionKind.Velocity)]
    [InlineData(PredictionKind.Sample)]
    public void PerSample_KnownModel_MatchesThePlainLoop(PredictionKind kind)
    {
        double[] clean = [0.5, -1.0, 0.25, 2.0], noise = [1.0, -0.5, 0.3, 0.8];
        long[] timesteps = [40, 950];
        using var scope = NewDisposeScope();
        var loss = new DiffusionLoss(Schedule, kind, new MinSnrWeighting());
        Func<torch.Tensor, torch.Tensor, torch.Tensor> model = (x, t) => (x * tensor(0.5)).Plus(t.to(ScalarType.Float64).view(2, 1, 1) * tensor(0.001));
        var (c, n, t) = (tensor(clean, [2, 1, 2]), tensor(noise, [2, 1, 2]), tensor(timesteps));
        var values = Sampled.Doubles(loss.PerSample(model, c, n, t));

        var expected = new double[2];
        for (var i = 0; i < 4; i++)
        {
            var step = (int)timesteps[i / 2];
            var (a, s) = (Math.Sqrt(Schedule.AlphaBar[step]), Math.Sqrt(1 - Schedule.AlphaBar[step]));
            var output = 0.5 * (a * clean[i] + s * noise[i]) + 0.001 * step;
            var snr = a * a / (s * s);
            var (target, weight) = kind switch
            {
                PredictionKind.Epsilon => (noise[i], Math.Min(snr, 5) / snr),
                PredictionKind.Velocity => (a * noise[i] - s * clean[i], Math.Min(snr, 5) / (snr + 1)),
                _ => (clean[i], Math.Min(snr, 5)),
            };
            expected[i / 2] += weight * (output - target) * (output - target) / 2;
        }

        // Double precision throughout: rounding only.
        Assert.Equal(expected[0], values[0], 1e-12);
        Assert.Equal(expected[1], values[1], 1e-12);
        Assert.Equal((expected[0] + expected[1]) / 2, loss.Compute(model, c, n, t).item<double>(), 1e-12);
    }

    // The loss of flow matching, from its definition: points (1 − s)·x0 + s·ε of the straight line, of which the network sees the multiple of unit variance,
    // and its
    // direction ε − x0.
    [Fact]
    public void PerSample_FlowOnTheRectifiedSchedule_IsFlowMatching()
    {
        double[] clean = [0.5, -1.0, 0.25, 2.0], noise = [1.0, -0.5, 0.3, 0.8];
        long[] timesteps = [39, 949];
        using var scope = NewDisposeScope();
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = ScheduleKind.Rectified });
        var loss = new DiffusionLoss(schedule, PredictionKind.Flow, new UniformWeighting());
        var seen = new List<double>();
        var values = Sampled.Doubles(loss.PerSample(
            (x, _) =>
            {
                seen.AddRange(Sampled.Doubles(x));
                return x * tensor(0.5);
            },
            tensor(clean, [2, 1, 2]), tensor(noise, [2, 1, 2]), tensor(timesteps)));
        var expected = new double[2];
        for (var i = 0; i < 4; i++)
        {
            var s = (timesteps[i / 2] + 1) / 1000.0;
            var point = ((1 - s) * clean[i] + s * noise[i]) / Math.Sqrt((1 - s) * (1 - s) + s * s);
            Assert.Equal(point, seen[i], 1e-12);
            expected[i / 2] += Math.Pow(0.5 * point - (noise[i] - clean[i]), 2) / 2;
        }

        Assert.Equal(expected[0], values[0], 1e-12);
        Assert.Equal(expected[1], values[1], 1e-12);
    }

    [Fact]
    public void Compute_PerfectModel_IsZeroAndGradientsFlow()
    {
        using var scope = NewDisposeScope();
        var loss = new DiffusionLoss(Schedule, PredictionKind.Epsilon, new UniformWeighting());
        var noise = tensor(new[] { 1.0, -2.0 }, [2, 1]);
        var clean = zeros_like(noise);
        var timesteps = tensor(new long[] { 5, 600 });
        Assert.Equal(0, loss.Compute((_, _) => noise, clean, noise, timesteps).item<double>());

        var shift = tensor(0.25, requires_grad: true);
        loss.Compute((_, _) => noise + shift, clean, noise, timesteps).backward();
        // d/ds of s² at s = 0.25, exact in binary.
        Assert.Equal(0.5, shift.grad!.item<double>());
    }

    [Fact]
    public void Constructor_EpsilonWithZeroTerminalSnr_IsRefused()
    {
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions { ZeroTerminalSnr = true });
        Assert.Throws<InputException>(() => new DiffusionLoss(schedule, PredictionKind.Epsilon, new UniformWeighting()));
        Assert.Equal(0, new DiffusionLoss(schedule, PredictionKind.Velocity, new MinSnrWeighting()).Weights[^1]);
    }

    [Fact]
    public void Compute_ModelReturnsAnotherShape_Throws()
    {
        using var scope = NewDisposeScope();
        var loss = new DiffusionLoss(Schedule, PredictionKind.Velocity, new UniformWeighting());
        var x = zeros(2, 3, 4, 4);
        Assert.Throws<ArgumentException>(() => loss.Compute((n, _) => n.narrow(1, 0, 1), x, x, tensor(new long[] { 1, 2 })));
    }

    [Fact]
    public void Compute_ManyCalls_LeavesNoTensors()
    {
        using var scope = NewDisposeScope();
        var loss = new DiffusionLoss(Schedule, PredictionKind.Velocity, new MinSnrWeighting());
        var x = zeros(2, 3, 4, 4);
        var timesteps = tensor(new long[] { 1, 2 });
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) loss.Compute((n, _) => n.neg(), x, x, timesteps).Dispose();
        // The model's own results belong to the scope that it runs in, which the loss opens and closes.
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
