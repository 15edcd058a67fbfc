using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>The course that a vessel takes.</summary>
internal enum VesselCourse
{
    /// <summary>From the disc's middle up or down to its border.</summary>
    Trunk,

    /// <summary>A great vessel along an arcade.</summary>
    Arcade,

    /// <summary>A branch away from the macula.</summary>
    Outward,

    /// <summary>A branch towards the macula.</summary>
    Inward,
}

/// <summary>A vessel that is to be grown.</summary>
/// <param name="Parent">Index of the parent, -1 for none.</param>
/// <param name="Kind">Artery or vein.</param>
/// <param name="Start">Where it leaves its parent.</param>
/// <param name="Heading">Direction at the start, radians, clockwise from nasal.</param>
/// <param name="Radius">Radius in degrees.</param>
/// <param name="Course">Its course.</param>
/// <param name="Temporal">Whether it belongs to the temporal half.</param>
/// <param name="Below">1 in the lower half of the retina, -1 in the upper.</param>
/// <param name="Lateral">Deviation that it keeps from the flow, radians.</param>
internal readonly record struct VesselSprout(
    int Parent, VesselKind Kind, Vector2 Start, float Heading, float Radius, VesselCourse Course, bool Temporal, int Below, float Lateral);
