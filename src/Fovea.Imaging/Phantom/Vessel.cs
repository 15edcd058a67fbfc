using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>A vessel between two bifurcations, or from one to its end.</summary>
public sealed class Vessel
{
    internal Vessel(int parent, VesselKind kind, float radius, Vector2[] points, float[] radii, bool isTerminal)
    {
        (Parent, Kind, Radius, Points, Radii, IsTerminal) = (parent, kind, radius, points, radii, isTerminal);
    }

    /// <summary>Index of the vessel that this one leaves, -1 for the central artery and vein.</summary>
    public int Parent { get; }

    /// <summary>Artery or vein.</summary>
    public VesselKind Kind { get; }

    /// <summary>Radius in degrees, the one that Murray's law relates to parent and sibling.</summary>
    public float Radius { get; }

    /// <summary>The centre line in degrees from the fovea, x nasal and y down; the first point lies on the parent's end.</summary>
    public IReadOnlyList<Vector2> Points { get; }

    /// <summary>The drawn radius at each point: <see cref="Radius"/> but for the taper of a last twig and the beading of a diseased vein.</summary>
    public IReadOnlyList<float> Radii { get; }

    /// <summary>True when no vessel leaves its end.</summary>
    public bool IsTerminal { get; }
}

/// <summary>The two kinds of retinal vessels.</summary>
public enum VesselKind
{
    /// <summary>An artery: narrower, brighter red, with a light reflex along its middle.</summary>
    Artery,

    /// <summary>A vein: wider and darker.</summary>
    Vein,
}

/// <summary>The arteries and veins of one retina, grown from the disc outwards; parents come before their children.</summary>
public sealed class VesselTree
{
    internal VesselTree(IReadOnlyList<Vessel> vessels) => Vessels = vessels;

    /// <summary>All vessels.</summary>
    public IReadOnlyList<Vessel> Vessels { get; }

    /// <summary>
    /// Grows the tree of an eye; the same <paramref name="disc"/> and <paramref name="style"/> give the same tree, whatever the
    /// camera sees of it.
    /// </summary>
    public static VesselTree Grow(OpticDisc disc, VesselStyle style)
    {
        ArgumentNullException.ThrowIfNull(disc);
        ArgumentNullException.ThrowIfNull(style);
        return new VesselTree(new VesselGrower(disc, style).Grow());
    }
}

/// <summary>What the vessel tree is grown from. Lengths in degrees (1° is about 0.29 mm on the retina).</summary>
public sealed record VesselStyle
{
    /// <summary>Seed of all random choices of the tree.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Radius of a temporal vein where it leaves the disc, degrees.</summary>
    public required float VeinRadius { get; init; }

    /// <summary>Calibre of an artery as a part of its vein's, about two thirds.</summary>
    public required float ArteryToVein { get; init; }

    /// <summary>Distance of the upper arcade from the horizontal through the disc at the fovea, degrees.</summary>
    public required float UpperArcade { get; init; }

    /// <summary>The same of the lower arcade.</summary>
    public required float LowerArcade { get; init; }

    /// <summary>Strength of the windings, 1 for an ordinary eye.</summary>
    public required float Tortuosity { get; init; }

    /// <summary>Number of branches a length, 1 for an ordinary eye.</summary>
    public required float Density { get; init; }

    /// <summary>Radius of the avascular zone around the fovea's centre, degrees.</summary>
    public required float AvascularRadius { get; init; }

    /// <summary>Relative amplitude of the beading of the veins; 0 in a healthy eye.</summary>
    public required float Beading { get; init; }
}

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
