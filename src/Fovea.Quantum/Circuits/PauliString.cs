using System.Globalization;
using System.Numerics;

namespace Fovea.Quantum.Circuits;

/// <summary>
/// A product of Pauli operators on at most 64 wires, without a coefficient. Wire q is bit q of both masks: X where only
/// <paramref name="X"/> has it, Z where only <paramref name="Z"/> has it, Y where both have it, the identity elsewhere.
/// </summary>
/// <param name="X">Wires with X or Y.</param>
/// <param name="Z">Wires with Z or Y.</param>
public readonly record struct PauliString(ulong X, ulong Z)
{
    /// <summary>The identity on every wire.</summary>
    public static PauliString Identity => default;

    /// <summary>Wires where this is not the identity.</summary>
    public ulong Support => X | Z;

    /// <summary>Number of wires where this is not the identity.</summary>
    public int Weight => BitOperations.PopCount(Support);

    /// <summary>One Pauli operator on one wire.</summary>
    /// <param name="pauli">'X', 'Y', 'Z', or 'I'; case does not matter.</param>
    /// <param name="wire">0 to 63.</param>
    public static PauliString On(char pauli, int wire)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wire);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wire, 63);
        var bit = 1UL << wire;
        return char.ToUpperInvariant(pauli) switch
        {
            'I' => default,
            'X' => new(bit, 0),
            'Y' => new(bit, bit),
            'Z' => new(0, bit),
            _ => throw new ArgumentOutOfRangeException(nameof(pauli), pauli, "must be X, Y, Z or I"),
        };
    }

    /// <summary>Reads "X0*Z3" or "X0 Z3"; "I" is the identity.</summary>
    /// <exception cref="FormatException">Something else, or a wire named twice.</exception>
    public static PauliString Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = Identity;
        foreach (var factor in text.Split(['*', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (factor is "I" or "i")
                continue;
            var isKnown = "XYZIxyzi".Contains(factor[0], StringComparison.Ordinal);
            if (!isKnown || !int.TryParse(factor.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var wire) || wire > 63)
                throw new FormatException($"'{factor}' in '{text}' is not a Pauli operator on a wire, like X0 (wires 0 to 63)");
            var single = On(factor[0], wire);
            if ((result.Support & single.Support) != 0)
                throw new FormatException($"wire {wire} is named twice in '{text}'");
            result = new(result.X | single.X, result.Z | single.Z);
        }

        return result;
    }

    /// <summary>'I', 'X', 'Y' or 'Z' on a wire.</summary>
    public char this[int wire] => "IXZY"[(int)((X >> wire) & 1) | (int)(((Z >> wire) & 1) << 1)];

    /// <summary>Two strings commute when they anticommute on an even number of wires.</summary>
    public bool CommutesWith(PauliString other) =>
        int.IsEvenInteger(BitOperations.PopCount((X & other.Z) ^ (Z & other.X)));

    /// <summary>The product this · other = i^<c>Quarters</c> · <c>String</c>.</summary>
    public (PauliString String, int Quarters) Multiply(PauliString other)
    {
        // With Y = iXZ a string is i^{|X∧Z|} X^x Z^z, and moving Z^z past X^x' costs a sign for each common wire.
        var product = new PauliString(X ^ other.X, Z ^ other.Z);
        var quarters = BitOperations.PopCount(X & Z) + BitOperations.PopCount(other.X & other.Z)
            + (2 * BitOperations.PopCount(Z & other.X)) - BitOperations.PopCount(product.X & product.Z);
        return (product, quarters & 3);
    }

    /// <summary>"X0*Z3"; "I" for the identity.</summary>
    public override string ToString()
    {
        var text = this;
        var factors = Enumerable.Range(0, 64).Where(wire => (text.Support >> wire & 1) != 0)
            .Select(wire => string.Create(CultureInfo.InvariantCulture, $"{text[wire]}{wire}"));
        return Support == 0 ? "I" : string.Join('*', factors);
    }
}
