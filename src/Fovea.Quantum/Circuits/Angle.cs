using System.Globalization;

namespace Fovea.Quantum.Circuits;

/// <summary>A gate angle in radians: a constant, or a scale times one weight or one input.</summary>
public readonly record struct Angle
{
    private Angle(AngleSource source, int index, double scale)
    {
        Source = source;
        Index = index;
        Scale = scale;
    }

    /// <summary>Where the angle comes from.</summary>
    public AngleSource Source { get; }

    /// <summary>Index of the weight or input; 0 for a constant.</summary>
    public int Index { get; }

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

    /// <summary>The angle in radians for one sample.</summary>
    /// <param name="inputs">[InputCount] of the sample.</param>
    /// <param name="weights">[WeightCount].</param>
    public double Evaluate(ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights) => Source switch
    {
        AngleSource.Weight => Scale * weights[Index],
        AngleSource.Input => Scale * inputs[Index],
        _ => Scale,
    };

    /// <summary>As in gate lists: "1.5", "w3", "x0", "2*x0".</summary>
    public override string ToString()
    {
        var scale = Scale.ToString("R", CultureInfo.InvariantCulture);
        if (Source == AngleSource.Constant)
            return scale;
        var name = (Source == AngleSource.Weight ? "w" : "x") + Index.ToString(CultureInfo.InvariantCulture);
        return Scale == 1 ? name : scale + "*" + name;
    }

    private static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "must be finite");
}
