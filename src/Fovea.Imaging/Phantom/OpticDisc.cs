using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>Place and shape of the optic disc. Lengths in degrees; x nasal and y down from the fovea.</summary>
public sealed record OpticDisc
{
    /// <summary>Centre, degrees nasal of the fovea.</summary>
    public required float CentreX { get; init; }

    /// <summary>Centre, degrees below the fovea; negative, for the disc lies above it.</summary>
    public required float CentreY { get; init; }

    /// <summary>Horizontal half axis, degrees.</summary>
    public required float HorizontalRadius { get; init; }

    /// <summary>Vertical half axis, degrees.</summary>
    public required float VerticalRadius { get; init; }

    /// <summary>Rotation of the oval, degrees.</summary>
    public required float Tilt { get; init; }

    /// <summary>Diameter of the cup as a part of the disc's diameter.</summary>
    public required float CupToDisc { get; init; }

    /// <summary>Whiteness of rim and cup, 0 (pink) to 1 (pale).</summary>
    public required float Pallor { get; init; }

    /// <summary>Width of the pale crescent at the temporal border as a part of the disc's radius; 0 for none.</summary>
    public required float Crescent { get; init; }

    /// <summary>Darkness of the pigment line around the disc, 0 to 1.</summary>
    public required float PigmentRing { get; init; }

    /// <summary>The centre as a vector.</summary>
    public Vector2 Centre => new(CentreX, CentreY);
}
