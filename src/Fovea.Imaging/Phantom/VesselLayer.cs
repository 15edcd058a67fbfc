using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>Lays the blood of arteries and veins over the retina: each colour is absorbed exponentially in the depth.</summary>
internal static class VesselLayer
{
    private const float ReflexFromRadius = 0.08f;
    private const float FullDepthRadius = 0.26f;

    /// <summary>How much of each pixel [size, size] is vessel, 0 to 1: the whole width of each, however pale.</summary>
    public static float[] Cover(RetinaGrid grid, VesselTree tree)
    {
        var cover = new float[grid.Size * grid.Size];
        var raster = new VesselRaster(grid, blurDegrees: 0, isFlat: true);
        foreach (var vessel in tree.Vessels) raster.Draw(cover, vessel.Points, vessel.Radii, 1);
        return cover;
    }

    public static void Paint(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, VesselTree tree)
    {
        var (arteries, veins, reflex) = (new float[planes.Red.Length], new float[planes.Red.Length], new float[planes.Red.Length]);
        var raster = new VesselRaster(grid, parameters.Camera.Blur);
        foreach (var vessel in tree.Vessels)
        {
            var plane = vessel.Kind == VesselKind.Artery ? arteries : veins;
            var depth = 0.22f + 0.78f * MathF.Min(1, vessel.Radius / FullDepthRadius);
            raster.Draw(plane, vessel.Points, vessel.Radii, depth);
            if (vessel.Radius < ReflexFromRadius) continue;
            raster.Draw(reflex, vessel.Points, vessel.Radii, vessel.Kind == VesselKind.Artery ? 1f : 0.35f, 0.3f);
        }

        for (var i = 0; i < planes.Red.Length; i++)
        {
            var (artery, vein) = (arteries[i], veins[i]);
            if (artery + vein <= 0) continue;
            planes.Scale(
                i,
                MathF.Exp(-0.14f * artery - 0.44f * vein),
                MathF.Exp(-0.60f * artery - 0.82f * vein),
                MathF.Exp(-0.50f * artery - 0.64f * vein));
            var light = 0.28f * reflex[i];
            planes.Mix(i, parameters.Tone.Red * 1.1f, parameters.Tone.Red * parameters.Tone.GreenToRed, parameters.Tone.Red * parameters.Tone.BlueToRed, light);
        }
    }
}

/// <summary>
/// Draws centre lines with a round profile into a plane of blood depths. A pixel takes the mean of the blurred profile over its
/// width, so that a vessel thinner than a pixel keeps its total darkness wherever it lies between the pixel centres.
/// </summary>
/// <param name="grid">The pixels.</param>
/// <param name="blurDegrees">Standard deviation of the optics' blur.</param>
/// <param name="isFlat">Whether the profile is the line's width alone and not round.</param>
internal sealed class VesselRaster(RetinaGrid grid, float blurDegrees, bool isFlat = false)
{
    private readonly float _pixel = grid.DegreesPerPixel;

    // The optics' blur as a box of the same variance.
    private readonly float _blur = MathF.Max(MathF.Sqrt(12) * blurDegrees, 0.05f * grid.DegreesPerPixel);

    /// <summary>
    /// Raises <paramref name="plane"/> to the depth of the line where it is deeper. <paramref name="width"/> scales the radii (a
    /// light reflex is a narrow line in the same place).
    /// </summary>
    public void Draw(float[] plane, IReadOnlyList<Vector2> points, IReadOnlyList<float> radii, float depth, float width = 1)
    {
        for (var i = 1; i < points.Count; i++)
            Segment(plane, grid.ToPixel(points[i - 1]), grid.ToPixel(points[i]), radii[i - 1] * width, radii[i] * width, depth);
    }

    private void Segment(float[] plane, Vector2 from, Vector2 to, float radiusFrom, float radiusTo, float depth)
    {
        var reach = (MathF.Max(radiusFrom, radiusTo) + (_pixel + _blur) * 0.5f) / _pixel;
        var bounds = PixelBounds.Within(grid.Size, Vector2.Min(from, to) - new Vector2(reach), Vector2.Max(from, to) + new Vector2(reach));
        var along = to - from;
        var inverse = 1 / MathF.Max(along.LengthSquared(), 1e-12f);
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            for (var x = bounds.Left; x < bounds.Right; x++)
            {
                var p = new Vector2(x + 0.5f, y + 0.5f) - from;
                var t = Math.Clamp(Vector2.Dot(p, along) * inverse, 0, 1);
                var distance = (p - t * along).Length();
                if (distance >= reach) continue;
                var value = depth * Profile(distance * _pixel, radiusFrom + t * (radiusTo - radiusFrom));
                ref var cell = ref plane[y * grid.Size + x];
                if (value > cell) cell = value;
            }
        }
    }

    /// <summary>1 − (s/r)⁴, or 1 of a flat line, averaged over the pixel and over the blur around <paramref name="distance"/>.</summary>
    private float Profile(float distance, float radius)
    {
        var (sum, difference) = ((_pixel + _blur) * 0.5f, (_pixel - _blur) * 0.5f);
        var inverse = 1 / radius;
        var total = SecondPrimitive((distance + sum) * inverse) + SecondPrimitive((distance - sum) * inverse)
            - SecondPrimitive((distance + difference) * inverse) - SecondPrimitive((distance - difference) * inverse);
        return total * radius * radius / (_pixel * _blur);
    }

    /// <summary>The twofold integral of the profile, which is 0 beyond ±1; even.</summary>
    private float SecondPrimitive(float u)
    {
        u = MathF.Abs(u);
        if (isFlat) return u >= 1 ? u - 0.5f : 0.5f * u * u;
        if (u >= 1) return 0.5f - 1 / 30f + 0.8f * (u - 1);
        var square = u * u;
        return square * (0.5f - square * square / 30f);
    }
}
