using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>One arm on one device at one scale of its noise, over seeds.</summary>
public sealed record NoiseSummary
{
    /// <summary>The arm.</summary>
    public required string Arm { get; init; }

    /// <summary>The training size.</summary>
    public required string Size { get; init; }

    /// <summary>The device; empty for ideal circuits.</summary>
    public required string Profile { get; init; }

    /// <summary>The factor on its noise; 0 for ideal circuits.</summary>
    public required double Scale { get; init; }

    /// <summary>Seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>Gradable images of all seeds, with Wilson's interval.</summary>
    public required CellFigure? Gradable { get; init; }

    /// <summary>Mean change of the images, grey levels.</summary>
    public required CellFigure? Change { get; init; }

    /// <summary>Fréchet distances, a network each: mean over seeds.</summary>
    public required IReadOnlyList<(string Network, CellFigure Value)> Frechet { get; init; }

    /// <summary>The gradable share less that of the ideal circuits, image by image; null for the ideal circuits themselves.</summary>
    public PairedComparison? AgainstIdeal { get; init; }
}
