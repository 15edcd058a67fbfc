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
