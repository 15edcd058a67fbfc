using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

/// <summary>Runs that begin from an image: how much of it is left, what of it stays, and which noise leads to it.</summary>
public sealed class KnownImageTests
{
    private static readonly NoiseSchedule s_schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = ScheduleKind.Cosine });

    private static readonly GaussianMixture s_twoModes = new(
        new GaussianMixture.Component(0.7, [1.0, -0.5], new[,] { { 0.06, 0.02 }, { 0.02, 0.04 } }),
        new GaussianMixture.Component(0.3, [-1.2, 0.8], new[,] { { 0.04, -0.01 }, { -0.01, 0.09 } }));

    public static TheoryData<string> Samplers => [.. SamplerRegistry.Names];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sample_PartOfTheSteps_CallsTheDenoiserForThoseOnly(string sampler)
    {
        using var scope = NewDisposeScope();
        var denoiser = Denoiser();
        var noise = Noise();
        using var image = randn_like(noise);
        Sample(sampler, denoiser, noise, new KnownImage { Clean = image, Strength = 0.3 }, steps: 20);
        Assert.Equal(SamplerRegistry.Create(sampler, s_schedule).ModelCalls(6), denoiser.Calls);
    }

    // What is left of the image falls with the strength: x0 of the mode that the image is of, until the run begins where neither mode can be seen.
    [Fact]
    public void Sample_MoreStrength_LeavesLessOfTheImage()
    {
        using var scope = NewDisposeScope();
        var noise = Noise();
        var image = zeros_like(noise).add(tensor(s_twoModes.Mean.ToArray()).view(1, 2, 1, 1));
        double Distance(double strength) => Sample("ddim", Denoiser(), noise, new KnownImage { Clean = image, Strength = strength }).sub(image).pow(2).mean()
            .item<double>();
        double[] distances = [.. new[] { 0.05, 0.2, 0.5, 0.8, 1 }.Select(Distance)];
        Assert.Equal(distances.Order(), distances);
        Assert.True(distances[0] < 0.5 * distances[^1]);
    }

    // At full strength next to nothing is left: the samples are those of noise alone but for α at the first level.
    [Fact]
    public void Sample_FullStrength_IsASampleOfTheData()
    {
        using var scope = NewDisposeScope();
        var noise = Noise();
        var free = Sample("ddim", Denoiser(), noise, null);
        var begun = Sample("ddim", Denoiser(), noise, new KnownImage { Clean = ones_like(noise) });
        Assert.True(begun.sub(free).abs().mean().item<double>() < 1e-3);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sample_WhatIsKept_IsTheImageToTheLastBit_AndTheRestIsNot(string sampler)
    {
        using var scope = NewDisposeScope();
        var noise = Noise();
        var image = randn_like(noise);
        var keep = zeros(1, 1, noise.shape[2], noise.shape[3]);
        keep[.., .., ..4, ..] = ones(1, 1, 4, noise.shape[3]);
        var drawn = Sample(sampler, Denoiser(), noise, new KnownImage { Clean = image, Keep = keep });
        Assert.True(drawn[.., .., ..4, ..].equal(image[.., .., ..4, ..]).all().item<bool>());
        Assert.True(drawn[.., .., 4.., ..].sub(image[.., .., 4.., ..]).abs().mean().item<double>() > 0.3);
    }

    // Two values of one pixel that go together, of which the first is kept: the second comes to fit it, the better the more often a step is taken.
    [Fact]
    public void Sample_RepeatedSteps_TheRestFitsWhatIsKept()
    {
        using var scope = NewDisposeScope();
        var data = new GaussianMixture(new GaussianMixture.Component(1, [0.0, 0.0], new[,] { { 1.0, 0.95 }, { 0.95, 1.0 } }));
        var denoiser = new ClosedFormDenoiser(s_schedule, PredictionKind.Velocity, data.ConditionalMean);
        var noise = new CounterNoiseSource(3).Normal([4, 2, 24, 24], 0, ScalarType.Float64, CPU);
        var keep = tensor(new[] { 1.0, 0 }).view(1, 2, 1, 1);
        double Mean(int repeats) =>
            Sample("ddpm", denoiser, noise, new KnownImage { Clean = ones_like(noise), Keep = keep, Repeats = repeats }, 50)[.., 1].mean().item<double>();

        // Given that the first is 1, the second has the mean 0.95.
        double[] errors = [.. new[] { 1, 4, 16 }.Select(repeats => Math.Abs(Mean(repeats) - 0.95))];
        Assert.Equal(errors.OrderDescending(), errors);
        Assert.InRange(errors[^1], 0, 0.02);
    }

    [Fact]
    public void Sample_RepeatedSteps_DrawNoNoiseTwice()
    {
        using var scope = NewDisposeScope();
        var initial = Noise();
        var keep = zeros(1, 1, initial.shape[2], initial.shape[3]);
        var draws = new CountedNoise();
        SamplerRegistry.Create("ddpm", s_schedule).Sample(new SamplingRequest
        {
            Denoiser = Denoiser(),
            InitialNoise = initial,
            Noise = draws,
            Image = new KnownImage { Clean = zeros_like(initial), Keep = keep, Repeats = 3 },
            Options = new SamplerOptions { Steps = 4 },
        }, TestContext.Current.CancellationToken);
        // What the steps add, but for the last, what the repeats raise by, and what is kept has: 9 + 8 + 12, each its own.
        Assert.Equal(29, draws.Asked.Count);
        Assert.Equal(draws.Asked.Count, draws.Asked.Distinct().Count());
    }

    [Fact]
    public void NoiseOf_OneStepFromNoiseAlone_IsFinite()
    {
        using var scope = NewDisposeScope();
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = ScheduleKind.Rectified });
        var image = ones(1, 2, 4, 4, dtype: float64);
        var denoiser = new DelegateDenoiser(PredictionKind.Flow, (noisy, _) => noisy.mul(0.5));
        var noise = new DdimInversion(schedule).NoiseOf(
            new KnownImage { Clean = image }, denoiser, new SamplerOptions { Steps = 1 }, TestContext.Current.CancellationToken);
        Assert.True(noise.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(1, 40)]
    [InlineData(0.4, 10)]
    [InlineData(0.1, 10)]
    public void NoiseOf_AnImage_LeadsBackToIt(double strength, int steps)
    {
        using var scope = NewDisposeScope();
        var image = Sample("ddim", Denoiser(), Noise(), null, 50);
        var known = new KnownImage { Clean = image, Strength = strength };
        var noise = new DdimInversion(s_schedule).NoiseOf(known, Denoiser(), new SamplerOptions { Steps = steps }, TestContext.Current.CancellationToken);
        var back = Sample("ddim", Denoiser(), noise, known, steps);
        var error = back.sub(image).abs().mean().item<double>();
        Assert.True(error < 0.02, $"{error}");
        // With other noise it is another image.
        Assert.True(Sample("ddim", Denoiser(), Noise(5), known, steps).sub(image).abs().mean().item<double>() > 3 * error);
    }

    [Fact]
    public void Sample_StrengthOutOfRange_IsToldBeforeTheDenoiserIsCalled()
    {
        using var scope = NewDisposeScope();
        var denoiser = Denoiser();
        var noise = Noise();
        foreach (var strength in new[] { 0, -0.1, 1.01, double.NaN })
        {
            Assert.Contains(
                "allowed: above 0, up to 1", Assert.Throws<InputException>(() => Sample("ddim", denoiser, noise, new KnownImage { Clean = noise, Strength = strength }))
                    .Message, StringComparison.Ordinal);
        }

        Assert.Contains(
            "repeats: 0", Assert.Throws<InputException>(() => Sample("ddim", denoiser, noise, new KnownImage { Clean = noise, Repeats = 0 }))
                .Message, StringComparison.Ordinal);
        Assert.Contains(
            "eta",
            Assert.Throws<InputException>(
                () => new DdimInversion(s_schedule).NoiseOf(
                    new KnownImage { Clean = noise },
                    denoiser,
                    new SamplerOptions { Eta = 0.5 },
                    TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
        Assert.Equal(0, denoiser.Calls);
    }

    private static ClosedFormDenoiser Denoiser() => new(s_schedule, PredictionKind.Velocity, s_twoModes.ConditionalMean);

    private static TorchSharp.torch.Tensor Noise(ulong seed = 3) => new CounterNoiseSource(seed).Normal([4, 2, 8, 8], 0, ScalarType.Float64, CPU);

    private static TorchSharp.torch.Tensor Sample(
        string sampler,
        ClosedFormDenoiser denoiser,
        TorchSharp.torch.Tensor noise,
        KnownImage? image,
        int steps = 20) =>
        SamplerRegistry.Create(sampler, s_schedule).Sample(new SamplingRequest
        {
            Denoiser = denoiser,
            InitialNoise = noise,
            Image = image,
            Noise = new CounterNoiseSource(3),
            Options = new SamplerOptions { Steps = steps },
        });
}

public sealed class SphericalInterpolationTests
{
    [Fact]
    public void At_RightAngle_LiesOnTheCircle()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor(new[] { 2.0, 0, 0 }), tensor(new[] { 0, 2.0, 0 }));
        for (var t = 0.0; t <= 1; t += 0.125)
        {
            Assert.Equal(
                [2 * Math.Cos(t * Math.PI / 2), 2 * Math.Sin(t * Math.PI / 2), 0], SphericalInterpolation.At(a, b, t).data<double>().ToArray()
                    .Select(x => Math.Round(x, 12)), (x, y) => Math.Abs(x - y) < 1e-9);
        }
    }

    [Fact]
    public void At_NoiseAndNoise_KeepsItsLength_WhereAStraightLineLosesAThird()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (
            new CounterNoiseSource(1).Normal([1, 4, 32, 32], 0, ScalarType.Float64, CPU), new CounterNoiseSource(2)
                .Normal([1, 4, 32, 32], 0, ScalarType.Float64, CPU));
        Assert.Equal(1, SphericalInterpolation.At(a, b, 0.5).std().item<double>(), 0.03);
        Assert.Equal(Math.Sqrt(0.5), a.add(b).div(2).std().item<double>(), 0.03);
        Assert.True(SphericalInterpolation.At(a, b, 0).allclose(a) && SphericalInterpolation.At(a, b, 1).allclose(b));
    }

    [Fact]
    public void At_TheSameTwice_IsThat()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1.0, 2, 3 });
        Assert.True(SphericalInterpolation.At(a, a, 0.3).allclose(a));
    }
}

/// <summary>Remembers which draws it was asked for.</summary>
file sealed class CountedNoise : INoiseSource
{
    public List<int> Asked { get; } = [];

    public Tensor Normal(ReadOnlySpan<long> shape, int draw, ScalarType dtype, Device device)
    {
        Asked.Add(draw);
        return new CounterNoiseSource(3).Normal(shape, draw, dtype, device);
    }
}
