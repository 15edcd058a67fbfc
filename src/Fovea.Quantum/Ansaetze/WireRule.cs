namespace Fovea.Quantum.Ansaetze;

/// <summary>How many wires an ansatz can be laid out on.</summary>
/// <param name="Text">The rule as it ends a sentence: "takes …".</param>
/// <param name="Allows">Whether a number of wires, 1 or more, fits.</param>
public sealed record WireRule(string Text, Func<int, bool> Allows)
{
    /// <summary>Any number of wires.</summary>
    public static WireRule Any { get; } = new("any number of wires", _ => true);

    /// <summary>A multiple of <paramref name="factor"/>.</summary>
    public static WireRule MultipleOf(int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        return new($"a multiple of {factor}", wires => wires % factor == 0);
    }
}
