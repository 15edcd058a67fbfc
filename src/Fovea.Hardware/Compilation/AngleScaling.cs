using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Compilation;

/// <summary>Multiples of an angle.</summary>
internal static class AngleScaling
{
    /// <summary><paramref name="factor"/> × <paramref name="angle"/>.</summary>
    public static Angle Times(this Angle angle, double factor) => angle.Source switch
    {
        AngleSource.Weight => Angle.Weight(angle.Index, factor * angle.Scale),
        AngleSource.Input => Angle.Input(angle.Index, factor * angle.Scale),
        AngleSource.InputProduct => Angle.InputProduct(angle.Index, angle.SecondIndex, factor * angle.Scale),
        _ => Angle.Constant(factor * angle.Scale),
    };
}
