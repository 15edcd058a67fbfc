namespace Fovea.Quantum.Ansaetze;

/// <summary>How many wires an ansatz can be laid out on.</summary>
/// <param name="Text">The rule as it ends a sentence: "takes …".</param>
/// <param name="Allows">Whether a number of wires, 1 or more, fits.</param>
public sealed record WireRule(string Text, Func<int, bool> Allows)
{
    /// <summary>Any number of wires.</summary>
    public static WireRule Any { get; } = new("any number of wires", _ => true);
}
