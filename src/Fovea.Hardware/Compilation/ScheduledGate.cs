namespace Fovea.Hardware.Compilation;

/// <summary>A gate in its time, in ticks of <see cref="Schedule"/>.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends; rotations take no time.</param>
internal readonly record struct ScheduledGate(NativeGate Gate, long Start, long End);
