using Fovea.Core.Errors;
using Fovea.Diffusion.Schedules;

namespace Fovea.Diffusion.Predictions;

/// <summary>What the denoising network puts out, given x_t = α_t·x0 + σ_t·ε.</summary>
public enum PredictionKind
{
    /// <summary>The noise ε (Ho et al. 2020). Says nothing about x0 where α = 0, so it needs a terminal SNR above 0.</summary>
    Epsilon,

    /// <summary>The velocity v = α_t·ε − σ_t·x0. Salimans, Ho, "Progressive distillation for fast sampling", 2022.</summary>
    Velocity,

    /// <summary>The clean sample x0.</summary>
    Sample,

    /// <summary>
    /// The flow u = ε − x0, the direction of the straight line from data to noise. Lipman et al., "Flow matching for generative modeling", 2022; Liu et al.,
    /// "Flow straight and fast: learning to generate and transfer data with rectified flow", 2022. On the schedule <see cref="ScheduleKind.Rectified"/> with
    /// uniform weights the loss is theirs; the network sees their points on the line at unit variance.
    /// </summary>
    Flow,
}

/// <summary>The names of <see cref="PredictionKind"/> in configuration files, and which schedules each can work with.</summary>
public static class PredictionKinds
{
    private static readonly NameTable<PredictionKind> Table = new("prediction",
        ("epsilon", PredictionKind.Epsilon), ("v", PredictionKind.Velocity), ("sample", PredictionKind.Sample), ("flow", PredictionKind.Flow));

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    /// <summary>The kind of that name, case ignored. Throws <see cref="InputException"/> on an unknown name.</summary>
    public static PredictionKind Parse(string name) => Table.Parse(name);

    /// <summary>The name of the kind.</summary>
    public static string ToName(this PredictionKind kind) => Table.NameOf(kind);

    /// <summary>
    /// Throws <see cref="InputException"/> when the network's output would not determine x0 at some timestep: ε prediction
    /// with zero terminal SNR (Lin et al. 2023, section 3.2).
    /// </summary>
    public static void RequireUsableWith(this PredictionKind kind, NoiseSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (kind == PredictionKind.Epsilon && schedule.HasZeroTerminalSnr)
        {
            throw new InputException("prediction: 'epsilon' cannot be used with zero_terminal_snr, for the noise alone says " +
                "nothing about the image at the last timestep; allowed with it are v, sample, flow");
        }
    }
}
