namespace Fovea.Quantum.Planning;

/// <summary>A way that a planner looked at.</summary>
/// <param name="Name">The engine, or the parts that light cones leave.</param>
/// <param name="Nanoseconds">Estimated time of one circuit, forward and gradient, on one thread; NaN when it cannot be used.</param>
/// <param name="Operations">Real additions and multiplications of one circuit with its gradient.</param>
/// <param name="Remark">What the estimate rests on, or why the way cannot be used.</param>
public sealed record EngineCandidate(string Name, double Nanoseconds, double Operations, string Remark)
{
    /// <summary>Whether the way can be used.</summary>
    public bool IsPossible => !double.IsNaN(Nanoseconds);

    /// <summary>A way that cannot be used.</summary>
    internal static EngineCandidate Impossible(string name, string reason) => new(name, double.NaN, double.NaN, reason);
}
