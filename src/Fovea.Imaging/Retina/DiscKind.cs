namespace Fovea.Imaging.Retina;

/// <summary>How much of the camera's circular field of view a photograph shows.</summary>
public enum DiscKind
{
    /// <summary>The whole circle.</summary>
    Circle,

    /// <summary>A circle that the sensor or a mask cut off above and below (or left and right).</summary>
    Truncated,

    /// <summary>A piece from within the circle: no border is visible.</summary>
    InnerCrop,

    /// <summary>A border is visible and no circle fits it.</summary>
    Other,
}
