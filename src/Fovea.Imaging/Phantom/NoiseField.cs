using Fovea.Core.Random;

namespace Fovea.Imaging.Phantom;

/// <summary>
/// Smooth random functions of the plane (value noise on a periodic lattice). A function of retinal position, not of pixels, so
/// that an eye keeps its texture at each image size.
/// </summary>
internal sealed class NoiseField
{
    /// <summary>The lattice's period in cells.</summary>
    public const int Period = 64;

    private readonly float[] _values = new float[Period * Period];

    public NoiseField(ulong seed)
    {
        var random = new CounterRandom(seed, 0);
        // Uniform values of variance 1: normal ones would cost more and look the same.
        for (var i = 0; i < _values.Length; i++) _values[i] = (random.NextBits() * (1f / uint.MaxValue) - 0.5f) * 3.4641f;
    }

    /// <summary>The noise at a point in cells, mean 0; its deviation is near 0.6.</summary>
    public float At(float x, float y)
    {
        var (fx, fy) = (MathF.Floor(x), MathF.Floor(y));
        var (sx, sy) = (Fade(x - fx), Fade(y - fy));
        var (x0, y0) = ((int)fx & (Period - 1), (int)fy & (Period - 1));
        var (x1, y1) = ((x0 + 1) & (Period - 1), (y0 + 1) & (Period - 1));
        var top = _values[y0 * Period + x0] * (1 - sx) + _values[y0 * Period + x1] * sx;
        var bottom = _values[y1 * Period + x0] * (1 - sx) + _values[y1 * Period + x1] * sx;
        return top * (1 - sy) + bottom * sy;
    }

    /// <summary>
    /// The sum of <paramref name="octaves"/> of noise, cells of <paramref name="cellDegrees"/> and halves of it, amplitudes
    /// falling by half. Octaves finer than <paramref name="pixelDegrees"/> fade out, as a pixel averages over them.
    /// </summary>
    public float Fractal(float x, float y, float cellDegrees, int octaves, float pixelDegrees, float offset)
    {
        var (sum, amplitude, cell) = (0f, 1f, cellDegrees);
        for (var octave = 0; octave < octaves; octave++)
        {
            var seen = Visibility(cell, pixelDegrees);
            if (seen <= 0) break;
            // A turn of 37° an octave hides the lattice's axes.
            sum += amplitude * seen * At(x / cell + offset, y / cell - offset * 0.7f);
            (x, y) = (0.7986f * x - 0.6018f * y, 0.6018f * x + 0.7986f * y);
            (amplitude, cell) = (amplitude * 0.5f, cell * 0.5f);
        }

        return sum;
    }

    /// <summary>How much contrast of a texture of that cell survives a pixel: 1 for wide cells, 0 below a pixel.</summary>
    public static float Visibility(float cellDegrees, float pixelDegrees) => Math.Clamp((cellDegrees / pixelDegrees - 0.6f) / 1.4f, 0, 1);

    private static float Fade(float t) => t * t * (3 - 2 * t);
}

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
