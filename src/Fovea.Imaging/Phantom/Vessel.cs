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
