namespace Fovea.Imaging.Phantom;

/// <summary>What went wrong when the picture was taken.</summary>
public enum QualityFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The retina is out of focus.</summary>
    Defocus,

    /// <summary>Too little light: a small pupil or a weak flash.</summary>
    Dark,

    /// <summary>Too much light: the bright parts saturate.</summary>
    Bright,

    /// <summary>A cataract or a dirty lens lays a veil over the picture.</summary>
    Haze,

    /// <summary>The lid, the lashes or the edge of the pupil shade a part of the field.</summary>
    Shadow,

    /// <summary>A part of the field of view is missing.</summary>
    Truncation,
}
