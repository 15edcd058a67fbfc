namespace Fovea.Imaging.Phantom;

/// <summary>Curves that layers of a phantom are shaded with.</summary>
internal static class Curves
{
    /// <summary>From 0 at 0 to 1 at 1 with level ends (3t² − 2t³), and as at the ends beyond them.</summary>
    public static float SmoothStep(float t)
    {
        t = Math.Clamp(t, 0, 1);
        return t * t * (3 - 2 * t);
    }

    /// <summary>x².</summary>
    public static float Square(float x) => x * x;
}
