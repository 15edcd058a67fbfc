using Fovea.Diffusion.Schedules;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Predictions;

/// <summary>
/// Turns (x0, ε) into what the network shall put out, and what it puts out into x0 or ε, for a batch with its own timestep
/// per sample. Samples are [batch, …]; timesteps are int64 [batch] in [0, T−1] on the samples' device. Results are float64 for
/// float64 samples and float32 for others, new tensors in the caller's dispose scope, and differentiable.
/// </summary>
public sealed class PredictionConverter
{
    private readonly (double[] First, double[] Second) _target;
    private readonly (double[] First, double[] Second) _clean;
    private readonly (double[] First, double[] Second) _noise;
    private readonly (double[] First, double[] Second) _noisy;

    /// <summary>
    /// Fixes schedule and kind. Throws <see cref="Core.Errors.InputException"/> on ε prediction with zero terminal SNR.
    /// </summary>
    public PredictionConverter(NoiseSchedule schedule, PredictionKind kind)
    {
        kind.RequireUsableWith(schedule);
        Kind = kind;
        _target = Tabulate(schedule, level => PredictionCoefficients.Target(kind, level));
        _clean = Tabulate(schedule, level => PredictionCoefficients.Clean(kind, level));
        _noise = Tabulate(schedule, level => PredictionCoefficients.Noise(kind, level));
        _noisy = Tabulate(schedule, level => (level.Alpha, level.Sigma));
    }

    /// <summary>What the network puts out.</summary>
    public PredictionKind Kind { get; }

    /// <summary>The forward process: x_t = α_t·x0 + σ_t·ε.</summary>
    public Tensor ToNoisy(Tensor clean, Tensor noise, Tensor timesteps) => Combine(_noisy, clean, noise, timesteps);

    /// <summary>What the network shall put out for x_t made of <paramref name="clean"/> and <paramref name="noise"/>.</summary>
    public Tensor Target(Tensor clean, Tensor noise, Tensor timesteps) => Combine(_target, clean, noise, timesteps);

    /// <summary>The estimate of x0 in the network's output at x_t.</summary>
    public Tensor ToClean(Tensor output, Tensor noisy, Tensor timesteps) => Combine(_clean, noisy, output, timesteps);

    /// <summary>The estimate of ε in the network's output at x_t.</summary>
    public Tensor ToNoise(Tensor output, Tensor noisy, Tensor timesteps) => Combine(_noise, noisy, output, timesteps);

    private static Tensor Combine((double[] First, double[] Second) tables, Tensor x, Tensor y, Tensor timesteps)
    {
        TensorMath.RequireTimesteps(timesteps, x);
        if (!x.shape.AsSpan().SequenceEqual(y.shape))
            throw new ArgumentException($"shapes differ: [{string.Join(", ", x.shape)}] and [{string.Join(", ", y.shape)}]", nameof(y));
        using var scope = NewDisposeScope();
        var first = TensorMath.PerSample(tables.First, timesteps, x);
        var second = TensorMath.PerSample(tables.Second, timesteps, x);
        return first.mul(x).Plus(second.mul(y)).MoveToOuterDisposeScope();
    }

    private static (double[], double[]) Tabulate(NoiseSchedule schedule, Func<NoiseLevel, (double, double)> coefficients)
    {
        var first = new double[schedule.Timesteps];
        var second = new double[schedule.Timesteps];
        for (var t = 0; t < first.Length; t++) (first[t], second[t]) = coefficients(schedule.LevelAt(t));
        return (first, second);
    }
}

/// <summary>
/// Target, x0 and ε are linear in what is known, so two numbers a noise level say it all. With v = α·ε − σ·x0 and
/// α² + σ² = 1: x0 = α·x − σ·v and ε = σ·x + α·v, which never divide. With u = ε − x0: x0 = (x − σ·u)/(α + σ) and
/// ε = (x + α·u)/(α + σ), where α + σ is at least 1.
/// </summary>
internal static class PredictionCoefficients
{
    /// <summary>(a, b) of target = a·x0 + b·ε.</summary>
    public static (double Clean, double Noise) Target(PredictionKind kind, NoiseLevel level) => kind switch
    {
        PredictionKind.Epsilon => (0, 1),
        PredictionKind.Velocity => (-level.Sigma, level.Alpha),
        PredictionKind.Flow => (-1, 1),
        _ => (1, 0),
    };

    /// <summary>(a, b) of x0 = a·x_t + b·output.</summary>
    public static (double Noisy, double Output) Clean(PredictionKind kind, NoiseLevel level) => kind switch
    {
        PredictionKind.Epsilon => (1 / level.Alpha, -level.Sigma / level.Alpha),
        PredictionKind.Velocity => (level.Alpha, -level.Sigma),
        PredictionKind.Flow => (1 / level.Length, -level.Sigma / level.Length),
        _ => (0, 1),
    };

    /// <summary>(a, b) of ε = a·x_t + b·output.</summary>
    public static (double Noisy, double Output) Noise(PredictionKind kind, NoiseLevel level) => kind switch
    {
        PredictionKind.Epsilon => (0, 1),
        PredictionKind.Velocity => (level.Sigma, level.Alpha),
        PredictionKind.Flow => (1 / level.Length, level.Alpha / level.Length),
        _ => (1 / level.Sigma, -level.Alpha / level.Sigma),
    };
}
