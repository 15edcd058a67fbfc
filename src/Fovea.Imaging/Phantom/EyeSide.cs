namespace Fovea.Imaging.Phantom;

/// <summary>Which eye of the person is seen. In a photograph the optic disc lies on the nasal side of the fovea.</summary>
public enum EyeSide
{
    /// <summary>The right eye (oculus dexter): nasal is to the right of the picture.</summary>
    Right,

    /// <summary>The left eye (oculus sinister): nasal is to the left of the picture.</summary>
    Left,
}
