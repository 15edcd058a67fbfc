namespace Fovea.Imaging.Phantom;

/// <summary>The drawn radius along a vessel.</summary>
internal static class VesselCalibre
{
    private const float BeadedFrom = 0.1f;

    /// <summary>
    /// Constant, but a last twig fades to a third over its last part, and veins wide enough to show it swell and narrow with
    /// relative amplitude <paramref name="beading"/>.
    /// </summary>
    public static float[] Along(int points, VesselKind kind, float radius, float beading, bool terminal)
    {
        var radii = new float[points];
        for (var i = 0; i < points; i++)
        {
            var s = points == 1 ? 0 : i / (points - 1f);
            var taper = terminal ? 1 - 0.67f * MathF.Max(0, (s - 0.4f) / 0.6f) : 1;
            var beads = kind == VesselKind.Vein && radius > BeadedFrom ? 1 + beading * MathF.Sin(i * 2.1f) : 1;
            radii[i] = radius * taper * beads;
        }

        return radii;
    }
}
