using CsCheck;
using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

public sealed class PredictionConverterTests
{
    private static readonly NoiseSchedule Zero = NoiseSchedule.Create(
        new NoiseScheduleOptions { Kind = ScheduleKind.Linear, ZeroTerminalSnr = true });

    public static TheoryData<PredictionKind, bool> Kinds => new()
    {
        { PredictionKind.Epsilon, false }, { PredictionKind.Velocity, false }, { PredictionKind.Sample, false },
        { PredictionKind.Flow, false }, { PredictionKind.Velocity, true }, { PredictionKind.Sample, true }, { PredictionKind.Flow, true },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToCleanAndToNoise_OfTheTarget_ReturnBoth(PredictionKind kind, bool zeroTerminal)
    {
        var schedule = zeroTerminal ? Zero : Sampled.Linear1000;
        var converter = new PredictionConverter(schedule, kind);
        var sample = from t in Gen.OneOf(Gen.Int[0, 999], Gen.Const(0), Gen.Const(999))
                     from clean in Gen.Double[-3, 3].Array[4]
                     from noise in Gen.Double[-4, 4].Array[4]
                     select (t, clean, noise);
        sample.Array[3].Sample(batch =>
        {
            using var scope = NewDisposeScope();
            var clean = tensor([.. batch.SelectMany(b => b.clean)], [3, 1, 2, 2]);
            var noise = tensor([.. batch.SelectMany(b => b.noise)], [3, 1, 2, 2]);
            var timesteps = tensor([.. batch.Select(b => (long)b.t)]);
            var noisy = converter.ToNoisy(clean, noise, timesteps);
            var target = converter.Target(clean, noise, timesteps);
            var cleanBack = Sampled.Doubles(converter.ToClean(target, noisy, timesteps));
            var noiseBack = Sampled.Doubles(converter.ToNoise(target, noisy, timesteps));
            for (var i = 0; i < 12; i++)
            {
                var t = batch[i / 4].t;
                var (x0, e) = (batch[i / 4].clean[i % 4], batch[i / 4].noise[i % 4]);
                Assert.Equal(schedule.Alpha[t] * x0 + schedule.Sigma[t] * e, noisy.view(-1)[i].item<double>(), 1e-14);
                // Dividing by α ≥ 0.006 or σ ≥ 0.01 amplifies rounding of values up to 10 by less than 200.
                Assert.Equal(x0, cleanBack[i], 1e-12);
                Assert.Equal(e, noiseBack[i], 1e-12);
            }
        }, iter: 50);
    }

    [Fact]
    public void Target_EachKind_IsItsDefinition()
    {
        using var scope = NewDisposeScope();
        var clean = tensor(new[] { 0.5, -1.0 }, [2, 1]);
        var noise = tensor(new[] { 2.0, 0.25 }, [2, 1]);
        var timesteps = tensor(new long[] { 10, 700 });
        var schedule = Sampled.Linear1000;
        double[] Target(PredictionKind kind) => Sampled.Doubles(new PredictionConverter(schedule, kind).Target(clean, noise, timesteps));
        Assert.Equal([2.0, 0.25], Target(PredictionKind.Epsilon));
        Assert.Equal([0.5, -1.0], Target(PredictionKind.Sample));
        Assert.Equal([1.5, 1.25], Target(PredictionKind.Flow));
        var v = Target(PredictionKind.Velocity);
        Assert.Equal(schedule.Alpha[10] * 2.0 - schedule.Sigma[10] * 0.5, v[0], 1e-15);
        Assert.Equal(schedule.Alpha[700] * 0.25 + schedule.Sigma[700], v[1], 1e-15);
    }

    [Fact]
    public void ToClean_VelocityWithoutSignal_IsTheNegatedOutput()
    {
        using var scope = NewDisposeScope();
        var converter = new PredictionConverter(Zero, PredictionKind.Velocity);
        var noisy = tensor(new[] { 0.3f, -1.7f }, [2, 1]);
        var output = tensor(new[] { 0.9f, 0.1f }, [2, 1]);
        var last = tensor(new long[] { 999, 999 });
        Assert.Equal(Sampled.Doubles(output.neg()), Sampled.Doubles(converter.ToClean(output, noisy, last)));
        Assert.Equal(Sampled.Doubles(noisy), Sampled.Doubles(converter.ToNoise(output, noisy, last)));
    }

    [Fact]
    public void ToClean_HalfPrecisionInput_IsComputedInFloat32()
    {
        using var scope = NewDisposeScope();
        var converter = new PredictionConverter(Sampled.Linear1000, PredictionKind.Velocity);
        var half = tensor(new[] { 0.5f, 1.25f }, [2, 1]).to(ScalarType.BFloat16);
        var result = converter.ToClean(half, half, tensor(new long[] { 3, 500 }));
        Assert.Equal(ScalarType.Float32, result.dtype);
        var schedule = Sampled.Linear1000;
        // Both inputs are exact in bfloat16, so float32 rounding is all that is left.
        Assert.Equal(1.25 * (schedule.Alpha[500] - schedule.Sigma[500]), result[1, 0].item<float>(), 1e-6);
    }

    [Fact]
    public void Constructor_EpsilonWithZeroTerminalSnr_IsRefusedInOneLine()
    {
        var error = Assert.Throws<InputException>(() => new PredictionConverter(Zero, PredictionKind.Epsilon));
        Assert.Contains("epsilon", error.Message);
        Assert.Contains("v, sample, flow", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void ToNoisy_WrongTimestepsOrShapes_Throws()
    {
        using var scope = NewDisposeScope();
        var converter = new PredictionConverter(Sampled.Linear1000, PredictionKind.Velocity);
        var x = zeros(2, 1, 2, 2);
        Assert.Throws<ArgumentException>(() => converter.ToNoisy(x, x, tensor(new long[] { 1 })));
        Assert.Throws<ArgumentException>(() => converter.ToNoisy(x, x, tensor(new[] { 1, 2 })));
        Assert.Throws<ArgumentException>(() => converter.ToNoisy(x, zeros(2, 1, 1, 2), tensor(new long[] { 1, 2 })));
    }

    [Fact]
    public void Parse_MistypedName_SuggestsTheNearest()
    {
        Assert.Contains("did you mean 'epsilon'?", Assert.Throws<InputException>(() => PredictionKinds.Parse("epsilom")).Message);
        foreach (var name in PredictionKinds.Names) Assert.Equal(name, PredictionKinds.Parse(name).ToName());
    }
}
