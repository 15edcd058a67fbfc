using System.Numerics;
using Fovea.Core.Random;

namespace Fovea.Imaging.Phantom;

/// <summary>One spot. Lengths in degrees; positions from the fovea, x nasal and y down.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Centre">Its middle.</param>
/// <param name="Radius">Half axis across its course.</param>
/// <param name="Elongation">Half axis along its course as a multiple of <paramref name="Radius"/>.</param>
/// <param name="Angle">Direction of the course, radians, clockwise from nasal.</param>
/// <param name="Strength">Density of the blood, or opacity of a pale lesion.</param>
/// <param name="Outline">Place in the noise that shapes its outline.</param>
public readonly record struct Lesion(
    LesionKind Kind, Vector2 Centre, float Radius, float Elongation, float Angle, float Strength, float Outline);

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

/// <summary>All lesions of one retina, within the field of view or not.</summary>
public sealed class LesionMap
{
    internal LesionMap(IReadOnlyList<Lesion> spots, IReadOnlyList<Vessel> newVessels)
    {
        (Spots, NewVessels) = (spots, newVessels);
    }

    /// <summary>The spots; a cluster of exudates is many.</summary>
    public IReadOnlyList<Lesion> Spots { get; }

    /// <summary>The strands of the neovascular tufts; they belong to no tree.</summary>
    public IReadOnlyList<Vessel> NewVessels { get; }

    /// <summary>Places the lesions that <see cref="PhantomParameters.Lesions"/> counts; a pure function of the arguments.</summary>
    public static LesionMap Place(PhantomParameters parameters, VesselTree tree)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(tree);
        if (parameters.Lesions.Total == 0) return new LesionMap([], []);
        var spots = new LesionPlacer(parameters).Place();
        return new LesionMap(spots, new NeovascularGrower(parameters, tree, new CounterRandom(parameters.Lesions.Seed, 1)).Grow());
    }
}
