using Fovea.Diffusion.Naming;

namespace Fovea.Diffusion.Schedules;

/// <summary>The names of <see cref="ScheduleKind"/> in configuration files.</summary>
public static class ScheduleKinds
{
    private static readonly NameTable<ScheduleKind> Table = new("schedule",
        ("linear", ScheduleKind.Linear), ("scaled-linear", ScheduleKind.ScaledLinear), ("cosine", ScheduleKind.Cosine));

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    /// <summary>The kind of that name, case ignored. Throws <see cref="Core.Errors.InputException"/> on an unknown name.</summary>
    public static ScheduleKind Parse(string name) => Table.Parse(name);

    /// <summary>The name of the kind.</summary>
    public static string ToName(this ScheduleKind kind) => Table.NameOf(kind);
}
