using Fovea.Core.Random;

namespace Fovea.Imaging.Phantom;

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
