namespace Fovea.Imaging.Phantom;

/// <summary>Where the fundus camera looks and how it draws. Angles in degrees of visual angle on the retina.</summary>
public sealed record CameraView
{
    /// <summary>Diameter of the circular field of view, degrees.</summary>
    public required float FieldOfView { get; init; }

    /// <summary>Centre of the view, degrees nasal of the fovea.</summary>
    public required float CentreX { get; init; }

    /// <summary>Centre of the view, degrees below the fovea.</summary>
    public required float CentreY { get; init; }

    /// <summary>Rotation of the eye about the line of sight, degrees.</summary>
    public required float Roll { get; init; }

    /// <summary>Radius of the field of view as a part of half the image side, at most 1.</summary>
    public required float Fill { get; init; }

    /// <summary>Height of the flat upper border above the centre in radii; 1 when the circle is whole.</summary>
    public required float UpperCut { get; init; }

    /// <summary>Depth of the flat lower border below the centre in radii; 1 when the circle is whole.</summary>
    public required float LowerCut { get; init; }

    /// <summary>The part of the light that is lost at the border of the field, 0 to 1.</summary>
    public required float Vignetting { get; init; }

    /// <summary>Relative brightness difference between two opposite borders of the field (uneven illumination).</summary>
    public required float Tilt { get; init; }

    /// <summary>Direction of the brighter border, degrees clockwise from the right of the picture.</summary>
    public required float TiltDirection { get; init; }

    /// <summary>Strength of the coloured light along a part of the border, 0 for none.</summary>
    public required float RimFlare { get; init; }

    /// <summary>Share of blue in the border light: 0 orange, 1 blue-white.</summary>
    public required float RimFlareBlue { get; init; }

    /// <summary>Standard deviation of the optics' blur when in focus, degrees.</summary>
    public required float Blur { get; init; }

    /// <summary>Standard deviation of the sensor noise of a 512-pixel image, as a part of full scale.</summary>
    public required float Noise { get; init; }

    /// <summary>True when the picture is centred on the optic disc, not on the macula.</summary>
    public required bool DiscCentred { get; init; }
}
