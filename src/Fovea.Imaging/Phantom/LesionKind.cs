namespace Fovea.Imaging.Phantom;

/// <summary>The lesions of diabetic retinopathy that are drawn as spots.</summary>
public enum LesionKind
{
    /// <summary>A small dark red dot.</summary>
    Microaneurysm,

    /// <summary>A dark red spot within the retina.</summary>
    BlotHaemorrhage,

    /// <summary>A red streak within the nerve fibres, along their course.</summary>
    FlameHaemorrhage,

    /// <summary>A bright yellow speck of lipid with a sharp border.</summary>
    HardExudate,

    /// <summary>A pale soft patch over a swollen bundle of nerve fibres.</summary>
    CottonWoolSpot,

    /// <summary>Blood in front of the retina, its upper border level.</summary>
    PreretinalHaemorrhage,
}
