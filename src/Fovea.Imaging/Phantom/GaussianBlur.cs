namespace Fovea.Imaging.Phantom;

/// <summary>
/// A Gaussian blur by three passes of running means in each direction, borders continued; its cost does not depend on the
/// width.
/// </summary>
internal static class GaussianBlur
{
    private const int Passes = 3;

    /// <summary>Blurs all three planes with standard deviation <paramref name="sigma"/> pixels.</summary>
    public static void Apply(ColourPlanes planes, float sigma)
    {
        // A mean over 2r + 1 samples with fractional ends has variance about (r² + r) / 3.
        var radius = (MathF.Sqrt(1 + 12 * sigma * sigma / Passes) - 1) * 0.5f;
        if (radius <= 0) return;
        var line = new float[planes.Size];
        foreach (var plane in new[] { planes.Red, planes.Green, planes.Blue })
        {
            for (var pass = 0; pass < Passes; pass++)
            {
                for (var i = 0; i < planes.Size; i++) Line(plane, i * planes.Size, 1, line, radius);
                for (var i = 0; i < planes.Size; i++) Line(plane, i, planes.Size, line, radius);
            }
        }
    }

    private static void Line(float[] plane, int start, int stride, float[] line, float radius)
    {
        var count = line.Length;
        for (var i = 0; i < count; i++) line[i] = plane[start + i * stride];
        var whole = (int)radius;
        var rest = radius - whole;
        var sum = 0f;
        for (var k = -whole; k <= whole; k++) sum += line[Math.Clamp(k, 0, count - 1)];
        var scale = 1 / (2 * radius + 1);
        for (var i = 0; i < count; i++)
        {
            var (before, after) = (line[Math.Max(i - whole - 1, 0)], line[Math.Min(i + whole + 1, count - 1)]);
            plane[start + i * stride] = (sum + rest * (before + after)) * scale;
            sum += after - line[Math.Max(i - whole, 0)];
        }
    }
}
