using System.Numerics;

namespace Fovea.Imaging.Phantom;

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
