namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>An expression with a whole number or, as a condition, with 0 or 1 for a value.</summary>
/// <param name="Value">Computes it.</param>
/// <param name="IsConstant">Whether it is the same in every frame.</param>
/// <param name="IsCondition">Whether it is a condition.</param>
internal sealed record Whole(Func<Frame, long> Value, bool IsConstant, bool IsCondition = false)
{
    /// <summary>Values stay within ± this, so that no operation on two of them overflows.</summary>
    public const long Bound = 1_000_000_000;

    /// <summary>Whether the condition holds.</summary>
    public bool Holds(Frame frame) => Value(frame) != 0;
}
