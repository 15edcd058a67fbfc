namespace Fovea.Imaging.Phantom;

/// <summary>What the vessel tree is grown from. Lengths in degrees (1° is about 0.29 mm on the retina).</summary>
public sealed record VesselStyle
{
    /// <summary>Seed of all random choices of the tree.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Radius of a temporal vein where it leaves the disc, degrees.</summary>
    public required float VeinRadius { get; init; }

    /// <summary>Calibre of an artery as a part of its vein's, about two thirds.</summary>
    public required float ArteryToVein { get; init; }

    /// <summary>Distance of the upper arcade from the horizontal through the disc at the fovea, degrees.</summary>
    public required float UpperArcade { get; init; }

    /// <summary>The same of the lower arcade.</summary>
    public required float LowerArcade { get; init; }

    /// <summary>Strength of the windings, 1 for an ordinary eye.</summary>
    public required float Tortuosity { get; init; }

    /// <summary>Number of branches a length, 1 for an ordinary eye.</summary>
    public required float Density { get; init; }

    /// <summary>Radius of the avascular zone around the fovea's centre, degrees.</summary>
    public required float AvascularRadius { get; init; }

    /// <summary>Relative amplitude of the beading of the veins; 0 in a healthy eye.</summary>
    public required float Beading { get; init; }
}
