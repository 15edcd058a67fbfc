namespace Fovea.Imaging.Phantom;

/// <summary>
/// Draws a fundus photograph that never was: the retina from <see cref="PhantomParameters"/>, seen by a camera. All lengths are
/// on the retina, all edges are averaged over the pixel, so the same parameters give the same eye at each size.
/// </summary>
public static class PhantomRenderer
{
    /// <summary>The smallest image side, pixels.</summary>
    public const int SmallestSize = 32;

    /// <summary>The largest image side, pixels.</summary>
    public const int LargestSize = 512;

    /// <summary>The classes of <see cref="Masks"/>, in their order.</summary>
    public static IReadOnlyList<string> MaskNames { get; } = ["vessels", "disc", "field"];

    /// <summary>
    /// The true masks of <see cref="Render"/>'s image: bytes [3, size, size], 255 where a pixel is wholly vessel, optic disc, or field of view. Vessels
    /// and disc are those of the retina within the field, seen or not: a fault of the picture hides none of them. Throws as <see cref="Render"/>.
    /// </summary>
    public static byte[] Masks(PhantomParameters parameters, int size)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, SmallestSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSize);
        var grid = new RetinaGrid(parameters.Camera, parameters.Eye, size);
        var field = CameraStage.Cover(grid, parameters.Camera);
        var vessels = VesselLayer.Cover(grid, VesselTree.Grow(parameters.Disc, parameters.Vessels));
        var disc = DiscLayer.Cover(grid, parameters, new NoiseField(parameters.TextureSeed));
        return [.. new[] { vessels, disc }.SelectMany(cover => cover.Zip(field, (part, seen) => ToByte(part * seen))), .. field.Select(ToByte)];
    }

    private static byte ToByte(float cover) => (byte)(Math.Clamp(cover, 0, 1) * 255 + 0.5f);

    /// <summary>
    /// The image as bytes [size, size, 3] in sRGB, black outside the field of view. Throws when <paramref name="size"/> is not
    /// from 32 to 512. Uses nothing but its arguments: any number of threads may render.
    /// </summary>
    public static byte[] Render(PhantomParameters parameters, int size)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, SmallestSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSize);
        var grid = new RetinaGrid(parameters.Camera, parameters.Eye, size);
        var noise = new NoiseField(parameters.TextureSeed);
        var planes = new ColourPlanes(size);
        var tree = VesselTree.Grow(parameters.Disc, parameters.Vessels);
        BackgroundLayer.Paint(planes, grid, parameters, noise);
        DiscLayer.Paint(planes, grid, parameters, noise);
        var lesions = LesionMap.Place(parameters, tree);
        LesionLayer.PaintDeep(planes, grid, parameters, lesions, noise);
        VesselLayer.Paint(planes, grid, parameters, tree);
        LesionLayer.PaintSuperficial(planes, grid, parameters, lesions, noise);
        return CameraStage.Expose(planes, grid, parameters, noise);
    }
}

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
        var flare = _camera.RimFlare * Math.Clamp(slope, 0, 1) * Curves.SmoothStep((squared - 0.72f) / 0.28f);
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
                var shade = 0.93f * Curves.SmoothStep(0.5f + depth / 0.7f);
                return (red * (1 - 0.94f * shade), green * (1 - shade), blue * (1 - shade));
            default:
                return (red, green, blue);
        }
    }

    private static float Mix(float from, float to, float share) => from + share * (to - from);
}

/// <summary>A picture in the making: three planes [size, size] of sRGB values on a scale of 0 to 1, not yet clipped.</summary>
internal sealed class ColourPlanes(int size)
{
    public int Size { get; } = size;

    public float[] Red { get; } = new float[size * size];

    public float[] Green { get; } = new float[size * size];

    public float[] Blue { get; } = new float[size * size];

    /// <summary>Moves a pixel towards a colour by <paramref name="share"/>.</summary>
    public void Mix(int i, float red, float green, float blue, float share)
    {
        Red[i] += share * (red - Red[i]);
        Green[i] += share * (green - Green[i]);
        Blue[i] += share * (blue - Blue[i]);
    }

    /// <summary>Multiplies a pixel.</summary>
    public void Scale(int i, float red, float green, float blue)
    {
        Red[i] *= red;
        Green[i] *= green;
        Blue[i] *= blue;
    }
}

/// <summary>Colour and texture of the retina away from disc and vessels. Colours are sRGB values from 0 to 1.</summary>
public sealed record RetinaTone
{
    /// <summary>Red of the background.</summary>
    public required float Red { get; init; }

    /// <summary>Green as a part of red.</summary>
    public required float GreenToRed { get; init; }

    /// <summary>Blue as a part of red.</summary>
    public required float BlueToRed { get; init; }

    /// <summary>How clearly the vessels of the choroid show through, 0 to 1.</summary>
    public required float Tessellation { get; init; }

    /// <summary>Relative strength of the coarse mottling of the pigment.</summary>
    public required float Mottling { get; init; }

    /// <summary>Relative strength of the fine grain of the pigment epithelium.</summary>
    public required float Grain { get; init; }

    /// <summary>Strength of the nerve fibres' sheen along the arcades, 0 to 1; strong in young eyes.</summary>
    public required float NerveFibreSheen { get; init; }

    /// <summary>Darkness of the macula, 0 to 1.</summary>
    public required float MacularPigment { get; init; }

    /// <summary>Radius of the dark fovea, degrees.</summary>
    public required float FovealRadius { get; init; }

    /// <summary>Strength of the bright point in the foveal pit and of the ring around the macula, 0 to 1.</summary>
    public required float FovealReflex { get; init; }
}
