using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>The optic disc: rim, cup, and what surrounds it (temporal crescent, pigment line).</summary>
internal static class DiscLayer
{
    private const float Surroundings = 2.2f;

    public static void Paint(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, NoiseField noise)
    {
        var pixel = grid.DegreesPerPixel / parameters.Disc.VerticalRadius;
        ForEach(grid, parameters.Disc, (i, local) => PaintPixel(planes, i, local, parameters, noise, pixel));
    }

    /// <summary>How much of each pixel [size, size] is optic disc, 0 to 1.</summary>
    public static float[] Cover(RetinaGrid grid, PhantomParameters parameters, NoiseField noise)
    {
        var (cover, pixel) = (new float[grid.Size * grid.Size], grid.DegreesPerPixel / parameters.Disc.VerticalRadius);
        ForEach(grid, parameters.Disc, (i, local) => cover[i] = Math.Clamp((1 - Radius(local, noise)) / pixel + 0.5f, 0, 1));
        return cover;
    }

    private static void ForEach(RetinaGrid grid, OpticDisc disc, Action<int, Vector2> act)
    {
        var reach = MathF.Max(disc.HorizontalRadius, disc.VerticalRadius) * Surroundings;
        var bounds = PixelBounds.Around(grid, disc.Centre, reach);
        var (sine, cosine) = MathF.SinCos(disc.Tilt * MathF.PI / 180);
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            for (var x = bounds.Left; x < bounds.Right; x++)
            {
                var p = grid.ToRetina(x + 0.5f, y + 0.5f) - disc.Centre;
                var local = new Vector2((p.X * cosine + p.Y * sine) / disc.HorizontalRadius, (p.Y * cosine - p.X * sine) / disc.VerticalRadius);
                act(y * grid.Size + x, local);
            }
        }
    }

    private static void PaintPixel(ColourPlanes planes, int i, Vector2 local, PhantomParameters parameters, NoiseField noise, float pixel)
    {
        var disc = parameters.Disc;
        var radius = Radius(local, noise);
        if (radius > Surroundings) return;
        var temporal = radius < 0.01f ? 0 : -local.X / radius;
        PaintSurroundings(planes, i, radius, temporal, disc, noise, local);
        var edge = MathF.Max(0.07f, pixel);
        // The nasal border is the softer one: the fibres crowd there.
        var softness = edge * (1.5f - 0.5f * temporal);
        var inside = Curves.SmoothStep((1 + softness - radius) / (2 * softness));
        if (inside <= 0) return;
        var (red, green, blue) = Colour(parameters, local, temporal, radius, noise);
        planes.Mix(i, red, green, blue, inside * 0.96f);
    }

    /// <summary>The distance from the middle in radii of the disc, whose border is not quite an ellipse.</summary>
    private static float Radius(Vector2 local, NoiseField noise) => local.Length() + 0.035f * noise.At(local.X * 1.3f + 30, local.Y * 1.3f);

    private static void PaintSurroundings(ColourPlanes planes, int i, float radius, float temporal, OpticDisc disc, NoiseField noise, Vector2 local)
    {
        if (disc.PigmentRing > 0)
        {
            var ring = disc.PigmentRing * MathF.Exp(-Curves.Square(radius - 1.08f) / (2 * 0.05f * 0.05f)) * Math.Clamp(
                0.5f + temporal * 0.7f + 0.4f * noise.At(local.X * 2, local.Y * 2), 0, 1);
            planes.Scale(i, 1 - 0.4f * ring, 1 - 0.45f * ring, 1 - 0.4f * ring);
        }

        if (disc.Crescent <= 0 || temporal <= 0) return;
        var width = disc.Crescent * temporal * (1 + 0.25f * noise.At(local.X * 3, local.Y * 3));
        var crescent = Curves.SmoothStep((1 + width - radius) / 0.12f) * 0.45f;
        planes.Mix(i, planes.Red[i] * 1.25f + 0.04f, planes.Green[i] * 1.5f + 0.05f, planes.Blue[i] * 1.6f + 0.04f, crescent);
    }

    private static (float Red, float Green, float Blue) Colour(PhantomParameters parameters, Vector2 local, float temporal, float radius, NoiseField noise)
    {
        var (disc, tone) = (parameters.Disc, parameters.Tone);
        var (red, green, blue) = (tone.Red, tone.Red * tone.GreenToRed, tone.Red * tone.BlueToRed);
        var cupRadius = disc.CupToDisc;
        var cupDistance = (local - new Vector2(-0.10f, 0.02f)).Length() * (1 + 0.08f * noise.At(local.X * 2 + 9, local.Y * 2));
        var cup = Curves.SmoothStep((cupRadius * 1.35f - cupDistance) / (cupRadius * 0.9f));
        var pale = 0.55f * disc.Pallor + 0.35f * temporal * MathF.Min(radius, 1);
        var rim = (
            Red: red * 1.45f + 0.10f,
            Green: green * (1.38f + 0.50f * pale) + 0.08f,
            Blue: blue * (1.2f + 0.5f * pale) + 0.06f);
        var pit = (Red: red * 1.38f + 0.10f, Green: green * (1.92f + 0.25f * pale) + 0.08f, Blue: blue * (1.75f + 0.5f * pale) + 0.07f);
        var texture = 1 + 0.04f * noise.At(local.X * 4, local.Y * 4) - 0.05f * radius;
        return (
            (rim.Red + cup * (pit.Red - rim.Red)) * texture,
            (rim.Green + cup * (pit.Green - rim.Green)) * texture,
            (rim.Blue + cup * (pit.Blue - rim.Blue)) * texture);
    }
}

/// <summary>Place and shape of the optic disc. Lengths in degrees; x nasal and y down from the fovea.</summary>
public sealed record OpticDisc
{
    /// <summary>Centre, degrees nasal of the fovea.</summary>
    public required float CentreX { get; init; }

    /// <summary>Centre, degrees below the fovea; negative, for the disc lies above it.</summary>
    public required float CentreY { get; init; }

    /// <summary>Horizontal half axis, degrees.</summary>
    public required float HorizontalRadius { get; init; }

    /// <summary>Vertical half axis, degrees.</summary>
    public required float VerticalRadius { get; init; }

    /// <summary>Rotation of the oval, degrees.</summary>
    public required float Tilt { get; init; }

    /// <summary>Diameter of the cup as a part of the disc's diameter.</summary>
    public required float CupToDisc { get; init; }

    /// <summary>Whiteness of rim and cup, 0 (pink) to 1 (pale).</summary>
    public required float Pallor { get; init; }

    /// <summary>Width of the pale crescent at the temporal border as a part of the disc's radius; 0 for none.</summary>
    public required float Crescent { get; init; }

    /// <summary>Darkness of the pigment line around the disc, 0 to 1.</summary>
    public required float PigmentRing { get; init; }

    /// <summary>The centre as a vector.</summary>
    public Vector2 Centre => new(CentreX, CentreY);
}
