namespace Fovea.Imaging.Phantom;

/// <summary>What the camera and the media of the eye do to the picture of the retina, up to the bytes.</summary>
internal static class CameraStage
{
    public static byte[] Expose(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, NoiseField noise)
    {
        if (parameters.Fault == QualityFault.Defocus) GaussianBlur.Apply(planes, DefocusDegrees(parameters.FaultSeverity) / grid.DegreesPerPixel);
        var light = new Illumination(parameters, noise);
        var camera = parameters.Camera;
        var size = grid.Size;
        var pixels = new byte[size * size * 3];
        var radius = size * 0.5f * camera.Fill;
        var grain = camera.Noise * NoiseField.Visibility(1, 512f / size * 0.6f);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (u, v) = ((x + 0.5f - size * 0.5f) / radius, (y + 0.5f - size * 0.5f) / radius);
                var seen = FieldOfView(camera, u, v, 1 / radius);
                if (seen <= 0) continue;
                var i = y * size + x;
                var (red, green, blue) = light.Apply(planes.Red[i], planes.Green[i], planes.Blue[i], u, v);
                var random = grain * SensorNoise(parameters.TextureSeed, x, y);
                pixels[i * 3] = ToByte(red + random, seen);
                pixels[i * 3 + 1] = ToByte(green + random * 0.8f, seen);
                pixels[i * 3 + 2] = ToByte(blue + random, seen);
            }
        }

        return pixels;
    }

    /// <summary>How much of each pixel [size, size] lies within the field of view, 0 to 1.</summary>
    public static float[] Cover(RetinaGrid grid, CameraView camera)
    {
        var (cover, size) = (new float[grid.Size * grid.Size], grid.Size);
        var radius = size * 0.5f * camera.Fill;
        for (var i = 0; i < cover.Length; i++)
            cover[i] = FieldOfView(camera, (i % size + 0.5f - size * 0.5f) / radius, (i / size + 0.5f - size * 0.5f) / radius, 1 / radius);
        return cover;
    }

    private static float DefocusDegrees(float severity) => severity <= 0 ? 0 : 0.25f + 1.1f * severity * severity;

    /// <summary>The part of a pixel that lies within the field of view; coordinates in radii of the field.</summary>
    private static float FieldOfView(CameraView camera, float u, float v, float pixel)
    {
        var inside = MathF.Min(1 - MathF.Sqrt(u * u + v * v), MathF.Min(v + camera.UpperCut, camera.LowerCut - v));
        return Math.Clamp(inside / pixel + 0.5f, 0, 1);
    }

    private static float SensorNoise(ulong seed, int x, int y)
    {
        // Two uniform numbers from one hash: their sum is near enough to a normal one for grain.
        var hash = (seed ^ ((ulong)(uint)x << 32 | (uint)y)) * 0x9E3779B97F4A7C15UL;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL;
        hash ^= hash >> 32;
        return ((uint)hash * (1f / uint.MaxValue) + (uint)(hash >> 32) * (1f / uint.MaxValue) - 1) * 2.449f;
    }

    private static byte ToByte(float value, float seen) => (byte)(Math.Clamp(Shoulder(value) * seen, 0, 1) * 255 + 0.5f);

    /// <summary>Bends the brightest values towards white as a sensor's tone curve does; the identity below 0.8.</summary>
    private static float Shoulder(float value)
    {
        if (value <= 0.8f) return MathF.Max(value, 0);
        var over = (value - 0.8f) / 0.2f;
        return 0.8f + 0.2f * (1 - MathF.Exp(-over));
    }
}

/// <summary>Where the fundus camera looks and how it draws. Angles in degrees of visual angle on the retina.</summary>
public sealed record CameraView
{
    /// <summary>Diameter of the circular field of view, degrees.</summary>
    public required float FieldOfView { get; init; }

    /// <summary>Centre of the view, degrees nasal of the fovea.</summary>
    public required float CentreX { get; init; }

    /// <summary>Centre of the view, degrees below the fovea.</summary>
    public required float CentreY { get; init; }

    /// <summary>Rotation of the eye about the line of sight, degrees.</summary>
    public required float Roll { get; init; }

    /// <summary>Radius of the field of view as a part of half the image side, at most 1.</summary>
    public required float Fill { get; init; }

    /// <summary>Height of the flat upper border above the centre in radii; 1 when the circle is whole.</summary>
    public required float UpperCut { get; init; }

    /// <summary>Depth of the flat lower border below the centre in radii; 1 when the circle is whole.</summary>
    public required float LowerCut { get; init; }

    /// <summary>The part of the light that is lost at the border of the field, 0 to 1.</summary>
    public required float Vignetting { get; init; }

    /// <summary>Relative brightness difference between two opposite borders of the field (uneven illumination).</summary>
    public required float Tilt { get; init; }

    /// <summary>Direction of the brighter border, degrees clockwise from the right of the picture.</summary>
    public required float TiltDirection { get; init; }

    /// <summary>Strength of the coloured light along a part of the border, 0 for none.</summary>
    public required float RimFlare { get; init; }

    /// <summary>Share of blue in the border light: 0 orange, 1 blue-white.</summary>
    public required float RimFlareBlue { get; init; }

    /// <summary>Standard deviation of the optics' blur when in focus, degrees.</summary>
    public required float Blur { get; init; }

    /// <summary>Standard deviation of the sensor noise of a 512-pixel image, as a part of full scale.</summary>
    public required float Noise { get; init; }

    /// <summary>True when the picture is centred on the optic disc, not on the macula.</summary>
    public required bool DiscCentred { get; init; }
}

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
