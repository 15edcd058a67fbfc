using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>The map between pixels and degrees on the retina for one view and one image size.</summary>
internal sealed class RetinaGrid
{
    private readonly float _mirror;
    private readonly float _sine;
    private readonly float _cosine;
    private readonly Vector2 _centre;

    public RetinaGrid(CameraView camera, EyeSide eye, int size)
    {
        Size = size;
        DegreesPerPixel = camera.FieldOfView / (size * camera.Fill);
        // The frame of the retina counts x nasal: the left eye's picture is its mirror image.
        _mirror = eye == EyeSide.Left ? -1 : 1;
        (_sine, _cosine) = MathF.SinCos(camera.Roll * MathF.PI / 180);
        _centre = new Vector2(camera.CentreX, camera.CentreY);
    }

    /// <summary>Image width and height in pixels.</summary>
    public int Size { get; }

    /// <summary>Width of a pixel, degrees.</summary>
    public float DegreesPerPixel { get; }

    /// <summary>The retinal position at a place in the image (pixel centres at .5).</summary>
    public Vector2 ToRetina(float x, float y)
    {
        var (u, v) = (_mirror * (x - Size * 0.5f) * DegreesPerPixel, (y - Size * 0.5f) * DegreesPerPixel);
        return new Vector2(u * _cosine - v * _sine, u * _sine + v * _cosine) + _centre;
    }

    /// <summary>The place in the image of a retinal position, in pixels.</summary>
    public Vector2 ToPixel(Vector2 retina)
    {
        var d = retina - _centre;
        var (u, v) = (d.X * _cosine + d.Y * _sine, -d.X * _sine + d.Y * _cosine);
        return new Vector2(_mirror * u, v) / DegreesPerPixel + new Vector2(Size * 0.5f);
    }
}

/// <summary>
/// The direction in which vessels and nerve fibres run: away from the disc, on the temporal side along arcs about the macula
/// that sink towards the horizontal raphe, on the nasal side along wider arcs. A parabola-like field, as in Foracchia,
/// Grisan and Ruggeri, IEEE Trans. Medical Imaging 23 (2004).
/// </summary>
internal readonly struct RetinaFlow(Vector2 disc)
{
    private const float DiscToFovea = 15.5f;
    private const float Opening = 0.03f;
    private const float Rise = 0.33f;
    private const float Sinking = 0.42f;

    /// <summary>The arc's height above the horizontal at <paramref name="distance"/> degrees from the disc, 1 at the fovea.</summary>
    public static float ArcHeight(float distance)
    {
        var t = MathF.Max(distance, 0) / DiscToFovea;
        return MathF.Pow((t + Opening) / (1 + Opening), Rise) * MathF.Exp(-0.5f * Sinking * (t * t - 1));
    }

    /// <summary>The unit direction at a point for a vessel of the temporal or the nasal half.</summary>
    public Vector2 Direction(Vector2 point, bool temporal)
    {
        var offset = point - disc;
        var t = MathF.Max(temporal ? -offset.X : offset.X, 0) / DiscToFovea;
        var slope = temporal ? Rise / (t + Opening) - Sinking * t : 0.5f / (t + 0.07f);
        return Vector2.Normalize(new Vector2(temporal ? -1 : 1, offset.Y / DiscToFovea * slope));
    }

    /// <summary>The direction at a point on the side where it lies.</summary>
    public Vector2 Direction(Vector2 point) => Direction(point, point.X < disc.X);
}

/// <summary>A rectangle of pixels within the image; right and bottom are not part of it.</summary>
internal readonly record struct PixelBounds(int Left, int Top, int Right, int Bottom)
{
    /// <summary>The pixels that a circle on the retina can touch; empty when it lies outside the image.</summary>
    public static PixelBounds Around(RetinaGrid grid, Vector2 centre, float radiusDegrees)
    {
        var (at, reach) = (grid.ToPixel(centre), radiusDegrees / grid.DegreesPerPixel + 1);
        return Within(grid.Size, at - new Vector2(reach), at + new Vector2(reach));
    }

    /// <summary>The pixels between two corners, clipped to the image.</summary>
    public static PixelBounds Within(int size, Vector2 low, Vector2 high)
    {
        static int Clip(float v, int size) => (int)Math.Clamp(v, 0, size);
        return new(Clip(MathF.Floor(low.X), size), Clip(MathF.Floor(low.Y), size), Clip(MathF.Ceiling(high.X), size), Clip(MathF.Ceiling(high.Y), size));
    }
}
