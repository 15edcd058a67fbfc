using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>
/// The value of an expression: a polynomial of at most second degree in the inputs, constant + Σ c·x_i + Σ c·x_i·x_j. A gate
/// gets one rotation for each of its parts.
/// </summary>
internal sealed class AngleForm
{
    /// <summary>The most parts a form may have.</summary>
    public const int MaxTerms = 64;

    private AngleForm(double constant, ImmutableArray<AngleTerm> terms)
    {
        ConstantPart = constant;
        Terms = terms;
    }

    public static AngleForm Zero { get; } = Constant(0);

    /// <summary>The part without inputs.</summary>
    public double ConstantPart { get; }

    /// <summary>The parts with inputs; each product of inputs occurs once, none with the factor 0.</summary>
    public ImmutableArray<AngleTerm> Terms { get; }

    public bool IsConstant => Terms.IsEmpty;

    public bool IsFinite => double.IsFinite(ConstantPart) && Terms.All(term => double.IsFinite(term.Coefficient));

    public static AngleForm Constant(double value) => new(value, []);

    public static AngleForm Input(int index) => new(0, [new AngleTerm(index, -1, 1)]);

    /// <summary>The angles whose sum this is: at least one, the constant first.</summary>
    public IEnumerable<Angle> Angles()
    {
        if (ConstantPart != 0 || IsConstant)
            yield return Angle.Constant(ConstantPart);
        foreach (var term in Terms)
        {
            yield return term.IsLinear
                ? Angle.Input(term.First, term.Coefficient)
                : Angle.InputProduct(term.First, term.Second, term.Coefficient);
        }
    }

    public AngleForm Add(AngleForm other) => IsConstant && other.IsConstant
        ? Constant(ConstantPart + other.ConstantPart)
        : new(ConstantPart + other.ConstantPart, Collect(Terms.AddRange(other.Terms)));

    public AngleForm Scale(double factor) => new(
        factor * ConstantPart, Collect([.. Terms.Select(term => term with { Coefficient = factor * term.Coefficient })]));

    /// <summary>The product, or null when its degree is above two.</summary>
    public AngleForm? Multiply(AngleForm other)
    {
        if (other.IsConstant)
            return Scale(other.ConstantPart);
        if (IsConstant)
            return other.Scale(ConstantPart);
        if (!Terms.All(term => term.IsLinear) || !other.Terms.All(term => term.IsLinear))
            return null;
        var products = Terms.SelectMany(left => other.Terms.Select(right =>
            new AngleTerm(left.First, right.First, left.Coefficient * right.Coefficient)));
        var constant = ConstantPart * other.ConstantPart;
        return new(constant, Collect([.. Scale(other.ConstantPart).Terms, .. other.Scale(ConstantPart).Terms, .. products]));
    }

    private static ImmutableArray<AngleTerm> Collect(ImmutableArray<AngleTerm> terms) => terms.Length == 1 && terms[0].Coefficient != 0
        ? terms
        : [.. terms.GroupBy(term => (Math.Min(term.First, term.Second), Math.Max(term.First, term.Second)))
            .Select(group => group.First() with { Coefficient = group.Sum(term => term.Coefficient) })
            .Where(term => term.Coefficient != 0)];
}

/// <summary>A factor times one input or times a product of two.</summary>
/// <param name="First">Index of the input.</param>
/// <param name="Second">Index of the other input of a product; −1 for one input alone.</param>
/// <param name="Coefficient">The factor.</param>
internal readonly record struct AngleTerm(int First, int Second, double Coefficient)
{
    public bool IsLinear => Second < 0;
}
