using System.Numerics;

namespace Fovea.Imaging.Phantom;

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
