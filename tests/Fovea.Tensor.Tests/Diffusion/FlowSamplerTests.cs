using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;

namespace Fovea.Tests.Diffusion;

/// <summary>The samplers along the straight line, against the same steps in other words.</summary>
public sealed class FlowSamplerTests
{
    private static readonly double[] s_start = [-2.0, -0.9, -0.1, 0.6, 1.7];

    // Any schedule and prediction: the line is only where the step is written.
    [Theory]
    [InlineData(ScheduleKind.Linear, PredictionKind.Epsilon)]
    [InlineData(ScheduleKind.Cosine, PredictionKind.Velocity)]
    [InlineData(ScheduleKind.Rectified, PredictionKind.Flow)]
    public void Euler_AnySchedule_TakesTheStepsOfDdim(ScheduleKind schedule, PredictionKind kind)
    {
        var (table, denoiser) = Problem(schedule, kind);
        var options = new SamplerOptions { Steps = 7 };
        var (euler, ddim) = (
            Sampled.Values(new EulerSampler(table), denoiser, s_start, options), Sampled.Values(new DdimSampler(table), denoiser, s_start, options));
        // Two orders of rounding in double precision, of values up to 2.
        for (var i = 0; i < euler.Length; i++) Assert.Equal(ddim[i], euler[i], 1e-12);
    }

    // In plain numbers, on y = (1 − s)·x0 + s·ε itself: s falls from 1 by even steps.
    [Fact]
    public void Heun_RectifiedSchedule_IsHeunsMethodOnTheLine()
    {
        const int Steps = 5;
        var (table, denoiser) = Problem(ScheduleKind.Rectified, PredictionKind.Flow);
        var expected = s_start.Select(start =>
        {
            var y = start;
            for (var i = 0; i < Steps; i++)
            {
                var (from, to) = (1 - i / (double)Steps, 1 - (i + 1) / (double)Steps);
                var first = Flow(y, from);
                var end = y + (to - from) * first;
                y = to == 0 ? end : y + (to - from) * (first + Flow(end, to)) / 2;
            }

            return y;
        }).ToArray();
        var drawn = Sampled.Values(new HeunSampler(table), denoiser, s_start, new SamplerOptions { Steps = Steps });
        for (var i = 0; i < drawn.Length; i++) Assert.Equal(expected[i], drawn[i], 1e-12);
    }

    [Theory]
    [InlineData("euler")]
    [InlineData("heun")]
    public void Sample_Eta_IsRefused(string name)
    {
        var (table, denoiser) = Problem(ScheduleKind.Cosine, PredictionKind.Velocity);
        var error = Assert.Throws<InputException>(
            () => Sampled.Values(SamplerRegistry.Create(name, table), denoiser, s_start, new SamplerOptions { Steps = 3, Eta = 0.5 }));
        Assert.Contains("'ddim' only", error.Message, StringComparison.Ordinal);
    }

    private static (NoiseSchedule Schedule, ClosedFormDenoiser Denoiser) Problem(ScheduleKind schedule, PredictionKind kind)
    {
        var table = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = schedule });
        return (table, new ClosedFormDenoiser(table, kind, ClosedFormDenoiser.Gaussian(0.4, 0.6)));
    }

    // E[ε − x0 | y] for x0 ~ N(0.4, 0.6²): both are linear in y.
    private static double Flow(double y, double s)
    {
        var variance = (1 - s) * (1 - s) * 0.36 + s * s;
        var rest = y - (1 - s) * 0.4;
        return s * rest / variance - (0.4 + (1 - s) * 0.36 * rest / variance);
    }
}
