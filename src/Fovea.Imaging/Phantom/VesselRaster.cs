using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>
/// Draws centre lines with a round profile into a plane of blood depths. A pixel takes the mean of the profile over its width,
/// so that a vessel thinner than a pixel keeps its total darkness instead of breaking into dots.
/// </summary>
internal sealed class VesselRaster(RetinaGrid grid, float blurDegrees)
{
    // The optics' blur, as a box of the same variance beside the pixel's own.
    private readonly float _window = MathF.Sqrt(grid.DegreesPerPixel * grid.DegreesPerPixel + 12 * blurDegrees * blurDegrees);

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
        var reach = (MathF.Max(radiusFrom, radiusTo) + _window * 0.5f) / grid.DegreesPerPixel;
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
                var value = depth * Profile(distance * grid.DegreesPerPixel, radiusFrom + t * (radiusTo - radiusFrom));
                ref var cell = ref plane[y * grid.Size + x];
                if (value > cell) cell = value;
            }
        }
    }

    /// <summary>Mean of 1 − (s/r)⁴ over the window around <paramref name="distance"/>.</summary>
    private float Profile(float distance, float radius)
    {
        var high = MathF.Min(distance + _window * 0.5f, radius) / radius;
        var low = MathF.Max(distance - _window * 0.5f, -radius) / radius;
        if (high <= low) return 0;
        return (Primitive(high) - Primitive(low)) * radius / _window;
    }

    private static float Primitive(float u) => u - u * u * u * u * u * 0.2f;
}
