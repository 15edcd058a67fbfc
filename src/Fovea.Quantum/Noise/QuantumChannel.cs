using System.Collections.Immutable;
using System.Numerics;

namespace Fovea.Quantum.Noise;

/// <summary>
/// What may happen to one or two wires beside a gate: a completely positive, trace-preserving map ρ → Σ_k K_k ρ K_k†. The factory
/// methods of <see cref="Channels"/> make the usual ones.
/// </summary>
public sealed class QuantumChannel
{
    // Kraus operators that a user types in carry the digits that the user typed.
    private const double CompletenessTolerance = 1e-8;

    /// <summary>Makes a channel of Kraus operators and checks that it preserves the trace.</summary>
    /// <param name="name">Short name for listings.</param>
    /// <param name="kraus">Square matrices of 2 rows (one wire) or 4 (two wires, the first one most significant).</param>
    /// <exception cref="ArgumentException">No operators, sizes that differ or are neither 2 nor 4, or ΣK†K is not the identity to 1e-8.</exception>
    public QuantumChannel(string name, IEnumerable<Complex[,]> kraus)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(kraus);
        Name = name;
        ImmutableArray<Complex[,]> given = [.. kraus];
        if (given.IsEmpty)
            throw new ArgumentException($"channel {name} has no Kraus operators", nameof(kraus));
        var size = given[0].GetLength(0);
        if (size is not (2 or 4) || given.Any(k => k.GetLength(0) != size || k.GetLength(1) != size))
            throw new ArgumentException($"channel {name}: Kraus operators must all be 2 × 2 or all 4 × 4", nameof(kraus));
        WireCount = size == 2 ? 1 : 2;
        RequireComplete(given, size, name);
        Kraus = [.. given.Where(k => k.Cast<Complex>().Any(value => value != 0))];
        Transfer = PauliTransfer.Of(Kraus, WireCount);
        IsIdentity = Transfer.IsIdentity;
    }

    /// <summary>Short name for listings.</summary>
    public string Name { get; }

    /// <summary>1 or 2.</summary>
    public int WireCount { get; }

    /// <summary>The Kraus operators that are not zero.</summary>
    public ImmutableArray<Complex[,]> Kraus { get; }

    /// <summary>The channel on Pauli strings.</summary>
    public PauliTransfer Transfer { get; }

    /// <summary>Whether it does nothing, exactly.</summary>
    public bool IsIdentity { get; }

    /// <summary>Average over all pure states of the fidelity of output with input: (d·F_e + 1)/(d + 1) with F_e = Tr(R)/d².</summary>
    public double AverageFidelity
    {
        get
        {
            var d = 1 << WireCount;
            return ((Transfer.Trace / d) + 1) / (d + 1);
        }
    }

    /// <summary>This channel, then another on the same wires.</summary>
    public QuantumChannel Then(QuantumChannel next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.WireCount != WireCount)
            throw new ArgumentException($"{Name} acts on {WireCount} wire(s), {next.Name} on {next.WireCount}", nameof(next));
        return new($"{Name}+{next.Name}", next.Kraus.SelectMany(second => Kraus.Select(first => Product(second, first))));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Complex[,] Product(Complex[,] left, Complex[,] right)
    {
        var size = left.GetLength(0);
        var product = new Complex[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                for (var k = 0; k < size; k++)
                    product[row, column] += left[row, k] * right[k, column];
            }
        }

        return product;
    }

    private static void RequireComplete(ImmutableArray<Complex[,]> kraus, int size, string name)
    {
        var worst = 0.0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var sum = kraus.Aggregate(Complex.Zero, (total, k) =>
                    total + Enumerable.Range(0, size).Aggregate(Complex.Zero, (part, j) => part + (Complex.Conjugate(k[j, row]) * k[j, column])));
                worst = Math.Max(worst, Complex.Abs(sum - (row == column ? 1 : 0)));
            }
        }

        if (!(worst <= CompletenessTolerance))
        {
            throw new ArgumentException(
                $"channel {name}: the Kraus operators do not sum to the identity (ΣK†K is off by {worst:G3}); "
                    + $"at most {CompletenessTolerance:G1} is allowed",
                nameof(kraus));
        }
    }
}
