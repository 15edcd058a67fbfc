using System.Globalization;
using System.Numerics;

namespace Fovea.Quantum.Circuits;

/// <summary>A gate angle in radians: a constant, or a scale times one weight, one input or a product of two inputs.</summary>
public readonly record struct Angle
{
    private Angle(AngleSource source, int index, double scale, int secondIndex = 0)
    {
        Source = source;
        Index = index;
        SecondIndex = secondIndex;
        Scale = scale;
    }

    /// <summary>Where the angle comes from.</summary>
    public AngleSource Source { get; }

    /// <summary>Index of the weight or input; 0 for a constant.</summary>
    public int Index { get; }

    /// <summary>Index of the other input of a product; 0 otherwise.</summary>
    public int SecondIndex { get; }

    /// <summary>Factor on the weight or input; for a constant, the angle itself.</summary>
    public double Scale { get; }

    /// <summary>A fixed angle.</summary>
    public static Angle Constant(double radians) => new(AngleSource.Constant, 0, Finite(radians, nameof(radians)));

    /// <summary><paramref name="scale"/> × weight <paramref name="index"/>.</summary>
    public static Angle Weight(int index, double scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(AngleSource.Weight, index, Finite(scale, nameof(scale)));
    }

    /// <summary><paramref name="scale"/> × input <paramref name="index"/>.</summary>
    public static Angle Input(int index, double scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(AngleSource.Input, index, Finite(scale, nameof(scale)));
    }

    /// <summary><paramref name="scale"/> × input <paramref name="first"/> × input <paramref name="second"/>.</summary>
    public static Angle InputProduct(int first, int second, double scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        return new(AngleSource.InputProduct, first, Finite(scale, nameof(scale)), second);
    }

    /// <summary><paramref name="factor"/> × this angle.</summary>
    public Angle Times(double factor) => new(Source, Index, Finite(factor * Scale, nameof(factor)), SecondIndex);

    /// <summary>The angle in radians for one sample.</summary>
    /// <param name="inputs">[InputCount] of the sample.</param>
    /// <param name="weights">[WeightCount].</param>
    public double Evaluate(ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights) => Source switch
    {
        AngleSource.Weight => Scale * weights[Index],
        AngleSource.Input => Scale * inputs[Index],
        AngleSource.InputProduct => Scale * inputs[Index] * inputs[SecondIndex],
        _ => Scale,
    };

    /// <summary>The chain rule: what a gradient by the angle, already times its scale, adds to those by the inputs and weights. Not for a constant.</summary>
    /// <param name="derivative">By the angle, times its scale.</param>
    /// <param name="inputs">[InputCount] of the sample.</param>
    /// <param name="inputGradients">[InputCount]: added to.</param>
    /// <param name="weightGradients">[WeightCount]: added to.</param>
    internal void AddGradient<T>(T derivative, ReadOnlySpan<T> inputs, Span<T> inputGradients, Span<T> weightGradients) where T : INumber<T>
    {
        switch (Source)
        {
            case AngleSource.Weight:
                weightGradients[Index] += derivative;
                break;
            case AngleSource.Input:
                inputGradients[Index] += derivative;
                break;
            default:
                inputGradients[Index] += derivative * inputs[SecondIndex];
                inputGradients[SecondIndex] += derivative * inputs[Index];
                break;
        }
    }

    /// <summary>As in gate lists: "1.5", "w3", "x0", "2*x0", "x0*x1".</summary>
    public override string ToString()
    {
        var scale = Scale.ToString("R", CultureInfo.InvariantCulture);
        if (Source == AngleSource.Constant)
            return scale;
        var name = string.Create(CultureInfo.InvariantCulture, $"{(Source == AngleSource.Weight ? 'w' : 'x')}{Index}");
        if (Source == AngleSource.InputProduct)
            name += string.Create(CultureInfo.InvariantCulture, $"*x{SecondIndex}");
        return Scale == 1 ? name : scale + "*" + name;
    }

    private static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "must be finite");
}

/// <summary>Where a gate's angle comes from.</summary>
public enum AngleSource
{
    /// <summary>A number written into the circuit.</summary>
    Constant,

    /// <summary>A trainable weight, shared by the whole batch.</summary>
    Weight,

    /// <summary>An input, different for every sample.</summary>
    Input,

    /// <summary>The product of two inputs, as in the IQP encoding.</summary>
    InputProduct,
}
