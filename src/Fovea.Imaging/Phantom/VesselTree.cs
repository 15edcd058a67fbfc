namespace Fovea.Imaging.Phantom;

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
