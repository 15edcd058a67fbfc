namespace Fovea.Training.Batches;

/// <summary>
/// The one mapping between 8-bit pixels and network values: 0 … 255 ↔ −1 … 1. Training and sampling both use it.
/// </summary>
public static class PixelRange
{
    /// <summary>A pixel as a network value in [−1, 1].</summary>
    public static float ToUnit(byte pixel) => pixel / 127.5f - 1f;

    /// <summary>A network value as a pixel: rounded to the nearest, clamped; not-a-number becomes 0.</summary>
    public static byte ToPixel(float value) =>
        float.IsNaN(value) ? (byte)0 : (byte)Math.Clamp(MathF.Round((value + 1f) * 127.5f), 0f, 255f);
}
