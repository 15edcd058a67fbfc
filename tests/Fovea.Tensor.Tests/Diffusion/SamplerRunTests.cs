using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

/// <summary>What holds for every sampler around its formula: validation, memory, reports, cancellation.</summary>
public sealed class SamplerRunTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Timesteps = 50 });
    private static readonly IDenoiser Denoiser = new DelegateDenoiser(PredictionKind.Velocity, (x, _) => x.sin());

    public static TheoryData<string> Samplers => [.. SamplerRegistry.Names];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sample_ManyRuns_LeavesOneTensorEach(string name)
    {
        using var scope = NewDisposeScope();
        var start = ones(2, 1, 4, 4);
        var sampler = SamplerRegistry.Create(name, Schedule);
        var options = new SamplerOptions { Steps = 6, DynamicThreshold = 0.9 };
        var inStep = new List<long>();
        var request = Request(start, options) with { OnStep = _ => inStep.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount) };
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 1; i <= 3; i++)
        {
            inStep.Clear();
            Sampled.Run(sampler, request);
            Assert.Equal(before + i, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            // From the second step on each step holds no more than the one before; the last adds no noise and may hold less.
            for (var step = 2; step < inStep.Count; step++) Assert.True(inStep[step] <= inStep[1]);
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sample_WithoutOuterScope_GivesALivingTensorAndKeepsTheStart(string name)
    {
        using var start = ones(1, 1, 2, 2);
        using var result = Sampled.Run(SamplerRegistry.Create(name, Schedule), Request(start, new SamplerOptions { Steps = 3 }));
        Assert.False(result.requires_grad);
        Assert.Equal([1, 1, 2, 2], result.shape);
        using var scope = NewDisposeScope();
        Assert.All(Sampled.Doubles(start), value => Assert.Equal(1, value));
        Assert.All(Sampled.Doubles(result), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sample_AnySampler_ReportsEachStepInOrder(string name)
    {
        using var scope = NewDisposeScope();
        var updates = new List<ProgressUpdate>();
        var timesteps = new List<int>();
        var calls = 0;
        var sampler = SamplerRegistry.Create(name, Schedule);
        Sampled.Run(sampler, Request(ones(1, 1, 2, 2), new SamplerOptions { Steps = 5 }) with
        {
            Denoiser = new DelegateDenoiser(PredictionKind.Velocity, (x, t) =>
            {
                calls++;
                Assert.Equal(ScalarType.Int64, t.dtype);
                Assert.False(is_grad_enabled());
                return x.neg();
            }),
            Progress = new Immediate(updates.Add),
            OnStep = step =>
            {
                timesteps.Add(step.Timestep);
                Assert.Equal([1, 1, 2, 2], step.Clean.shape);
            },
        });
        Assert.Equal([49, 39, 29, 19, 9], timesteps);
        Assert.Equal([1, 2, 3, 4, 5], updates.Select(update => update.Done));
        Assert.Equal(sampler.ModelCalls(5), calls);
        Assert.Equal(name, sampler.Name);
    }

    [Fact]
    public void Sample_Cancelled_StopsBeforeTheNextStep()
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        var steps = 0;
        var request = Request(ones(1, 1, 2, 2), new SamplerOptions { Steps = 5 }) with
        {
            OnStep = _ =>
            {
                if (++steps == 2) source.Cancel();
            },
        };
        Assert.Throws<OperationCanceledException>(() => new DdimSampler(Schedule).Sample(request, source.Token));
        Assert.Equal(2, steps);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Sample_BadOptions_AreListedInOneLineBeforeAnyCall()
    {
        using var scope = NewDisposeScope();
        var request = Request(ones(1, 1, 2, 2), new SamplerOptions { Steps = 51, Eta = 2, CleanLimit = -1, DynamicThreshold = 3 }) with
        {
            Denoiser = new DelegateDenoiser(PredictionKind.Velocity, (_, _) => throw new InvalidOperationException("called")),
        };
        var message = Assert.Throws<InputException>(() => Sampled.Run(new DdimSampler(Schedule), request)).Message;
        foreach (var setting in new[] { "steps: 51", "1 to 50", "eta: 2", "clean_limit: -1", "dynamic_threshold: 3", "only one of the two" })
            Assert.Contains(setting, message);
        Assert.DoesNotContain('\n', message);
        Assert.NotEmpty(new SamplerOptions { Steps = 0 }.Problems(Schedule));
        Assert.NotEmpty(new SamplerOptions { Steps = 5, Eta = double.NaN }.Problems(Schedule));
        Assert.Empty(new SamplerOptions { Steps = 50, Eta = 1, CleanLimit = 1 }.Problems(Schedule));
    }

    [Theory]
    [InlineData("ddpm")]
    [InlineData("dpm-solver++")]
    public void Sample_EtaWhereItHasNoEffect_IsRefused(string name)
    {
        using var scope = NewDisposeScope();
        var request = Request(ones(1, 1, 2, 2), new SamplerOptions { Steps = 5, Eta = 0.5 });
        Assert.Contains("'ddim' only", Assert.Throws<InputException>(() => Sampled.Run(SamplerRegistry.Create(name, Schedule), request)).Message);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sample_EpsilonWithZeroTerminalSnr_IsRefused(string name)
    {
        using var scope = NewDisposeScope();
        var zero = NoiseSchedule.Create(new NoiseScheduleOptions { Timesteps = 50, ZeroTerminalSnr = true });
        var request = Request(ones(1, 1, 2, 2), new SamplerOptions { Steps = 5 });
        var epsilon = new DelegateDenoiser(PredictionKind.Epsilon, (x, _) => x);
        Assert.Throws<InputException>(() => Sampled.Run(SamplerRegistry.Create(name, zero), request with { Denoiser = epsilon }));
        Assert.All(Sampled.Doubles(Sampled.Run(SamplerRegistry.Create(name, zero), request)), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Sample_DenoiserReturnsAnotherShape_Throws()
    {
        using var scope = NewDisposeScope();
        var request = Request(ones(2, 3, 2, 2), new SamplerOptions { Steps = 5 }) with
        {
            Denoiser = new DelegateDenoiser(PredictionKind.Velocity, (x, _) => x.narrow(1, 0, 1)),
        };
        Assert.Throws<InvalidOperationException>(() => Sampled.Run(new DdpmSampler(Schedule), request));
    }

    [Fact]
    public void Create_MistypedName_SuggestsTheNearest()
    {
        var message = Assert.Throws<InputException>(() => SamplerRegistry.Create("dpm-solver+", Schedule)).Message;
        Assert.Contains("did you mean 'dpm-solver++'?", message);
        Assert.Contains("ddpm, ddim, dpm-solver++", message);
    }

    private static SamplingRequest Request(torch.Tensor start, SamplerOptions options) => new()
    {
        Denoiser = Denoiser,
        InitialNoise = start,
        Noise = new CounterNoiseSource(3),
        Options = options,
    };

    private sealed class Immediate(Action<ProgressUpdate> report) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => report(value);
    }
}
