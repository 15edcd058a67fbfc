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
