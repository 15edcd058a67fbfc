namespace Fovea.Study.Results;

/// <summary>Distances between generated and real images by one feature network.</summary>
public sealed record CellDistances
{
    /// <summary>The network's name, as "FundusNet".</summary>
    public required string Network { get; init; }

    /// <summary>SHA-256 of its file.</summary>
    public required string NetworkHash { get; init; }

    /// <summary>Fréchet distance; smaller is better.</summary>
    public required CellFigure Frechet { get; init; }

    /// <summary>The same between halves of the real images: what no generator can fall below at that number of images.</summary>
    public CellFigure? FrechetFloor { get; init; }

    /// <summary>Kernel distance (unbiased); smaller is better.</summary>
    public required CellFigure Kernel { get; init; }

    /// <summary>Precision, 0 to 1.</summary>
    public required CellFigure Precision { get; init; }

    /// <summary>Recall, 0 to 1.</summary>
    public required CellFigure Recall { get; init; }

    /// <summary>Density, 0 and above.</summary>
    public required CellFigure Density { get; init; }

    /// <summary>Coverage, 0 to 1.</summary>
    public required CellFigure Coverage { get; init; }
}
