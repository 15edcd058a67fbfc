namespace Fovea.Imaging.Phantom;

/// <summary>How well a photograph can be graded.</summary>
public enum ImageQuality
{
    /// <summary>No fault.</summary>
    Good,

    /// <summary>A fault is seen, the vessels and the larger lesions can still be told.</summary>
    Usable,

    /// <summary>The fault hides what a reader needs.</summary>
    Reject,
}
