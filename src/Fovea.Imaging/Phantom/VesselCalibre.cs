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

/// <summary>
/// The bifurcation of least work: r0³ = r1³ + r2³ and the angles that belong to it. Murray, "The physiological principle of
/// minimum work", PNAS 12 (1926), and "... applied to the angle of branching of arteries", J. Gen. Physiol. 9 (1926).
/// </summary>
internal static class MurrayLaw
{
    /// <summary>The radius of the branch that takes <paramref name="flow"/>, a part of the parent's flow.</summary>
    public static float ChildRadius(float parent, float flow) => parent * MathF.Cbrt(flow);

    /// <summary>The radius of the parent of two branches.</summary>
    public static float ParentRadius(float first, float second) => MathF.Cbrt(first * first * first + second * second * second);

    /// <summary>
    /// Angle in radians between the parent's direction and the branch of radius <paramref name="child"/>, whose sibling has
    /// radius <paramref name="sibling"/>: cos θ1 = (r0⁴ + r1⁴ − r2⁴) / (2 r0² r1²).
    /// </summary>
    public static float Angle(float parent, float child, float sibling)
    {
        static float Fourth(float r) => r * r * r * r;
        var cosine = (Fourth(parent) + Fourth(child) - Fourth(sibling)) / (2 * parent * parent * child * child);
        return MathF.Acos(Math.Clamp(cosine, -1f, 1f));
    }
}
