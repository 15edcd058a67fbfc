using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

public sealed class GuidedDenoiserTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2.5, 2)]
    public void Predict_AnyScale_IsTheGuidanceFormula(double scale, int evaluationsPerImage)
    {
        using var scope = NewDisposeScope();
        var evaluated = 0L;
        var labels = tensor(new long[] { 3, 5 });
        var none = tensor(new long[] { 9, 9 });
        var guided = new GuidedDenoiser(PredictionKind.Velocity, (x, t, label) =>
        {
            evaluated += x.shape[0];
            return x * label.to(ScalarType.Float64).view(-1, 1) + t.to(ScalarType.Float64).view(-1, 1);
        }, labels, none, scale);
        var output = Sampled.Doubles(guided.Predict(tensor(new[] { 0.5, -2.0 }, [2, 1]), tensor(new long[] { 7, 7 })));
        double Expected(double x, double label) => 9 * x + 7 + scale * ((label * x + 7) - (9 * x + 7));
        // A few double operations.
        Assert.Equal(Expected(0.5, 3), output[0], 1e-12);
        Assert.Equal(Expected(-2, 5), output[1], 1e-12);
        Assert.Equal(2 * evaluationsPerImage, evaluated);
    }

    [Fact]
    public void Predict_KindsOfOneGuidedNetwork_AgreeOnTheCleanImage()
    {
        // Guidance is linear, so guiding v and guiding x0 must lead DDIM to the same images.
        var schedule = Sampled.Linear1000;
        double[] Run(PredictionKind kind)
        {
            using var scope = NewDisposeScope();
            var near = new ClosedFormDenoiser(schedule, kind, ClosedFormDenoiser.Gaussian(0.8, 0.3));
            var wide = new ClosedFormDenoiser(schedule, kind, ClosedFormDenoiser.Gaussian(0, 1));
            var guided = new GuidedDenoiser(kind, (x, t, label) => cat([
                near.Predict(x.narrow(0, 0, 1), t), wide.Predict(x.narrow(0, 1, 1), t)]),
                tensor(new long[] { 0 }), tensor(new long[] { 1 }), 1.7);
            return Sampled.Values(new DdimSampler(schedule), guided, [-1, 0.2, 1.5], new SamplerOptions { Steps = 20 });
        }

        var (v, clean) = (Run(PredictionKind.Velocity), Run(PredictionKind.Sample));
        // 20 steps in double precision; 1/σ up to 20 amplifies rounding.
        for (var i = 0; i < v.Length; i++) Assert.Equal(v[i], clean[i], 1e-10);
    }

    [Fact]
    public void Constructor_BadScaleOrLabels_Throws()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 1, 2 });
        Func<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor> network = (x, _, _) => x;
        Assert.Throws<ArgumentOutOfRangeException>(() => new GuidedDenoiser(PredictionKind.Velocity, network, labels, labels, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GuidedDenoiser(PredictionKind.Velocity, network, labels, labels, double.NaN));
        Assert.Throws<ArgumentException>(() => new GuidedDenoiser(PredictionKind.Velocity, network, labels, tensor(new long[] { 0 }), 2));
    }

    /// <summary>One denoiser in [200, 600], another outside; who is not asked for any image of a batch is not evaluated.</summary>
    [Theory]
    [InlineData(new long[] { 199, 601 }, 2, 2, 0, 2)]
    [InlineData(new long[] { 200, 600 }, 1, 1, 2, 0)]
    [InlineData(new long[] { 400, 900 }, 1, 2, 2, 2)]
    public void Predict_Interval_ChoosesByTimestep(long[] timesteps, double first, double second, long inside, long outside)
    {
        using var scope = NewDisposeScope();
        var evaluated = new long[2];
        IDenoiser Times(int factor) => new DelegateDenoiser(PredictionKind.Velocity, (x, _) =>
        {
            evaluated[factor - 1] += x.shape[0];
            return x * (double)factor;
        });
        var noisy = tensor(new[] { 1.0, 10, 1, 10 }, [2, 2]);
        var output = new IntervalDenoiser(Times(1), Times(2), 200, 600).Predict(noisy, tensor(timesteps));
        Assert.Equal([first, 10 * first, second, 10 * second], Sampled.Doubles(output));
        Assert.Equal([inside, outside], evaluated);
    }

    [Fact]
    public void Constructor_IntervalOfTwoKinds_Throws() => Assert.Throws<ArgumentException>(() => new IntervalDenoiser(
        new DelegateDenoiser(PredictionKind.Velocity, (x, _) => x), new DelegateDenoiser(PredictionKind.Flow, (x, _) => x), 0, 1));
}
