using Fovea.Diffusion.Schedules;

namespace Fovea.Diffusion.Predictions;

/// <summary>
/// Target, x0 and ε are linear in what is known, so two numbers a noise level say it all. With v = α·ε − σ·x0 and
/// α² + σ² = 1: x0 = α·x − σ·v and ε = σ·x + α·v, which never divide.
/// </summary>
internal static class PredictionCoefficients
{
    /// <summary>(a, b) of target = a·x0 + b·ε.</summary>
    public static (double Clean, double Noise) Target(PredictionKind kind, NoiseLevel level) => kind switch
    {
        PredictionKind.Epsilon => (0, 1),
        PredictionKind.Velocity => (-level.Sigma, level.Alpha),
        _ => (1, 0),
    };

    /// <summary>(a, b) of x0 = a·x_t + b·output.</summary>
    public static (double Noisy, double Output) Clean(PredictionKind kind, NoiseLevel level) => kind switch
    {
        PredictionKind.Epsilon => (1 / level.Alpha, -level.Sigma / level.Alpha),
        PredictionKind.Velocity => (level.Alpha, -level.Sigma),
        _ => (0, 1),
    };

    /// <summary>(a, b) of ε = a·x_t + b·output.</summary>
    public static (double Noisy, double Output) Noise(PredictionKind kind, NoiseLevel level) => kind switch
    {
        PredictionKind.Epsilon => (0, 1),
        PredictionKind.Velocity => (level.Sigma, level.Alpha),
        _ => (1 / level.Sigma, -level.Alpha / level.Sigma),
    };
}
