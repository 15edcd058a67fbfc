using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>One figure that cells have and that arms are compared by.</summary>
/// <param name="Key">Its name for programs, as <c>frechet_distance</c>; with the network's name it is unique.</param>
/// <param name="Name">Its name for readers, as "FD(FundusNet)".</param>
/// <param name="Direction">Which values are better.</param>
/// <param name="Unit">How it is told.</param>
/// <param name="Read">The figure of a cell; null where there is none.</param>
public sealed record MetricKind(string Key, string Name, MetricDirection Direction, MetricUnit Unit, Func<CellResult, CellFigure?> Read)
{
    /// <summary>The feature network, or the space of copies; empty where there is none.</summary>
    public string Network { get; init; } = "";

    /// <summary>What measured it; figures of two cells may be compared only where these texts are equal.</summary>
    public Func<CellResult, string> Measure { get; init; } = _ => "";

    /// <summary>Why they may not be compared where <see cref="Measure"/> differs.</summary>
    public string Incomparable { get; init; } = "";

    /// <summary>One character an image, <c>1</c> or <c>0</c>, where the figure is a share of paired images.</summary>
    public Func<CellResult, string?> Bits { get; init; } = _ => null;

    /// <summary>What the figure belongs to: cells of which it is equal are one sample of it and not several.</summary>
    public Func<CellResult, string> Sample { get; init; } = cell => cell.Cell;
}
