using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Fovea.Quantum.Circuits;

/// <summary>
/// A measured quantity: a real sum of Pauli strings. Pauli Z on a wire has the value +1 for |0⟩ and −1 for |1⟩. Equality
/// compares the terms in their order.
/// </summary>
public sealed class Observable : IEquatable<Observable>
{
    /// <summary>Most wires that <see cref="Probabilities"/> takes: it makes 2^wires observables of 2^wires terms.</summary>
    public const int MaxProbabilityWires = 10;

    /// <summary>Creates a sum of Pauli strings; equal strings are added up.</summary>
    /// <exception cref="ArgumentException">No terms, or a coefficient that is not finite.</exception>
    public Observable(IEnumerable<PauliTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Terms = [.. terms.GroupBy(term => term.Pauli)
            .Select(group => new PauliTerm(group.Sum(term => term.Coefficient), group.Key))];
        if (Terms.IsEmpty)
            throw new ArgumentException("an observable needs at least one Pauli string", nameof(terms));
        if (Terms.Any(term => !double.IsFinite(term.Coefficient)))
            throw new ArgumentException("the coefficients of an observable must be finite", nameof(terms));
    }

    /// <summary>The terms; every Pauli string occurs once.</summary>
    public ImmutableArray<PauliTerm> Terms { get; }

    /// <summary>Wires that any term acts on, as a mask.</summary>
    public ulong Support => Terms.Aggregate(0UL, (mask, term) => mask | term.Pauli.Support);

    /// <summary>The wire, when this is exactly Pauli Z on one wire; −1 otherwise.</summary>
    public int SingleZWire => Terms is [{ Coefficient: 1, Pauli: { X: 0, Weight: 1 } only }]
        ? BitOperations.TrailingZeroCount(only.Z)
        : -1;

    /// <summary>Pauli X on a wire.</summary>
    public static Observable X(int wire) => Of(PauliString.On('X', wire));

    /// <summary>Pauli Y on a wire.</summary>
    public static Observable Y(int wire) => Of(PauliString.On('Y', wire));

    /// <summary>Pauli Z on a wire.</summary>
    public static Observable Z(int wire) => Of(PauliString.On('Z', wire));

    /// <summary>One Pauli string, as text: "X0*Z3" (see <see cref="PauliString.Parse"/>).</summary>
    public static Observable Pauli(string text) => Of(PauliString.Parse(text));

    /// <summary>
    /// The probabilities of all outcomes on some wires, in the order of the outcomes read as binary numbers, the first wire
    /// being the most significant bit: ∏ ½(1 ± Z).
    /// </summary>
    /// <param name="wires">1 to <see cref="MaxProbabilityWires"/> distinct wires.</param>
    public static IReadOnlyList<Observable> Probabilities(params ReadOnlySpan<int> wires)
    {
        if (wires.Length is < 1 or > MaxProbabilityWires)
            throw new ArgumentException($"probabilities take 1 to {MaxProbabilityWires} wires, not {wires.Length}", nameof(wires));
        var bits = new ulong[wires.Length];
        for (var k = 0; k < wires.Length; k++)
        {
            bits[k] = PauliString.On('Z', wires[k]).Z;
            if (bits.AsSpan(0, k).Contains(bits[k]))
                throw new ArgumentException($"wire {wires[k]} is named twice", nameof(wires));
        }

        var outcomes = 1 << bits.Length;
        return [.. Enumerable.Range(0, outcomes).Select(outcome => Projector(bits, outcome))];
    }

    /// <summary>The sum of two observables.</summary>
    public static Observable operator +(Observable left, Observable right) => Add(left, right);

    /// <summary>A multiple of an observable.</summary>
    public static Observable operator *(double factor, Observable observable) => Multiply(factor, observable);

    /// <summary>The sum of two observables.</summary>
    public static Observable Add(Observable left, Observable right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Terms.AddRange(right.Terms));
    }

    /// <summary>A multiple of an observable.</summary>
    public static Observable Multiply(double factor, Observable observable)
    {
        ArgumentNullException.ThrowIfNull(observable);
        return new(observable.Terms.Select(term => term with { Coefficient = factor * term.Coefficient }));
    }

    /// <inheritdoc/>
    public bool Equals(Observable? other) => other is not null && Terms.SequenceEqual(other.Terms);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Observable);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Terms.Length, Terms[0]);

    /// <summary>"Z0", "0.5*X0*Y1+Z2".</summary>
    public override string ToString() => string.Join('+', Terms);

    private static Observable Of(PauliString pauli) => new([new PauliTerm(1, pauli)]);

    private static Observable Projector(ulong[] bits, int outcome)
    {
        var terms = new PauliTerm[1 << bits.Length];
        for (var subset = 0; subset < terms.Length; subset++)
        {
            var mask = 0UL;
            for (var k = 0; k < bits.Length; k++)
                mask |= ((subset >> (bits.Length - 1 - k)) & 1) != 0 ? bits[k] : 0;
            var sign = int.IsEvenInteger(BitOperations.PopCount((uint)(subset & outcome))) ? 1 : -1;
            terms[subset] = new PauliTerm(sign / (double)terms.Length, new PauliString(0, mask));
        }

        return new(terms);
    }
}

/// <summary>A real multiple of a Pauli string.</summary>
/// <param name="Coefficient">The factor.</param>
/// <param name="Pauli">The Pauli string.</param>
public readonly record struct PauliTerm(double Coefficient, PauliString Pauli)
{
    /// <summary>"Z0", "-X0*Y1", "0.5*X0*Y1".</summary>
    public override string ToString() => Coefficient switch
    {
        1 => $"{Pauli}",
        -1 => $"-{Pauli}",
        _ => $"{Coefficient.ToString("R", CultureInfo.InvariantCulture)}*{Pauli}",
    };
}
