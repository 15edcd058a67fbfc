namespace Fovea.Imaging.Phantom;

/// <summary>The light of a picture: vignetting, uneven light, light along the border, and the faults that are matters of light.</summary>
internal readonly struct Illumination(PhantomParameters parameters, NoiseField noise)
{
    private readonly CameraView _camera = parameters.Camera;
    private readonly (float Sine, float Cosine) _tilt = MathF.SinCos(parameters.Camera.TiltDirection * MathF.PI / 180);
    private readonly (float Sine, float Cosine) _fault = MathF.SinCos(parameters.FaultDirection * MathF.PI / 180);

    /// <summary>The exposed colour at (<paramref name="u"/>, <paramref name="v"/>), in radii from the field's centre.</summary>
    public (float Red, float Green, float Blue) Apply(float red, float green, float blue, float u, float v)
    {
        var squared = u * u + v * v;
        var slope = u * _tilt.Cosine + v * _tilt.Sine;
        var light = (1 - _camera.Vignetting * squared * (0.4f + 0.6f * squared)) * (1 + _camera.Tilt * slope);
        // Light that falls off is light of the visible retina; the veil of the border is not dimmed by it.
        (red, green, blue) = (red * light, green * light, blue * light);
        (red, green, blue) = Fault(red, green, blue, u, v, squared);
        var flare = _camera.RimFlare * Math.Clamp(slope, 0, 1) * Smooth((squared - 0.72f) / 0.28f);
        if (flare <= 0) return (red, green, blue);
        var cold = _camera.RimFlareBlue;
        return (red + flare * (0.65f - 0.35f * cold), green + flare * (0.35f + 0.12f * cold), blue + flare * (0.12f + 0.38f * cold));
    }

    private (float Red, float Green, float Blue) Fault(float red, float green, float blue, float u, float v, float squared)
    {
        var severity = parameters.FaultSeverity;
        switch (parameters.Fault)
        {
            case QualityFault.Dark:
                var gain = 1 - 0.85f * severity;
                return (red * gain, green * gain * (1 - 0.2f * severity), blue * gain * (1 - 0.2f * severity));
            case QualityFault.Bright:
                var (push, veil) = (1 + 1.1f * severity, 0.25f * severity * (0.7f + 0.3f * squared));
                return (red * push + veil, green * push + veil, blue * push + veil);
            case QualityFault.Haze:
                var cloud = severity * (0.82f + 0.10f * noise.At(u * 1.7f + 50, v * 1.7f));
                var brightness = 0.35f + 0.45f * parameters.Tone.Red;
                return (Mix(red, brightness, cloud), Mix(green, brightness * 0.78f, cloud), Mix(blue, brightness * 0.6f, cloud));
            case QualityFault.Shadow:
                var depth = u * _fault.Cosine + v * _fault.Sine + 0.12f * noise.At(u * 2 + 7, v * 2) - (1 - 1.35f * severity);
                var shade = 0.93f * Smooth(0.5f + depth / 0.7f);
                return (red * (1 - 0.94f * shade), green * (1 - shade), blue * (1 - shade));
            default:
                return (red, green, blue);
        }
    }

    private static float Mix(float from, float to, float share) => from + share * (to - from);

    private static float Smooth(float t)
    {
        t = Math.Clamp(t, 0, 1);
        return t * t * (3 - 2 * t);
    }
}
