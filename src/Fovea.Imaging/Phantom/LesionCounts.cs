namespace Fovea.Imaging.Phantom;

/// <summary>How many lesions of each kind the whole retina has; a picture shows those within its field of view.</summary>
public sealed record LesionCounts
{
    /// <summary>Seed of places and shapes.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Microaneurysms.</summary>
    public int Microaneurysms { get; init; }

    /// <summary>Dot and blot haemorrhages.</summary>
    public int BlotHaemorrhages { get; init; }

    /// <summary>Flame haemorrhages.</summary>
    public int FlameHaemorrhages { get; init; }

    /// <summary>Clusters of hard exudates.</summary>
    public int ExudateClusters { get; init; }

    /// <summary>Cotton-wool spots.</summary>
    public int CottonWoolSpots { get; init; }

    /// <summary>Tufts of new vessels, at the disc or elsewhere.</summary>
    public int NeovascularTufts { get; init; }

    /// <summary>Preretinal haemorrhages.</summary>
    public int PreretinalHaemorrhages { get; init; }

    /// <summary>Lesions and clusters of all kinds.</summary>
    public int Total => Microaneurysms + BlotHaemorrhages + FlameHaemorrhages + ExudateClusters + CottonWoolSpots
        + NeovascularTufts + PreretinalHaemorrhages;
}
