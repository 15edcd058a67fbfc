namespace Fovea.Imaging.Phantom;

/// <summary>The two kinds of retinal vessels.</summary>
public enum VesselKind
{
    /// <summary>An artery: narrower, brighter red, with a light reflex along its middle.</summary>
    Artery,

    /// <summary>A vein: wider and darker.</summary>
    Vein,
}
