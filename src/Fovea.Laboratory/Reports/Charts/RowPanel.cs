namespace Fovea.Laboratory.Reports.Charts;

/// <summary>One column of a <see cref="RowChart"/>.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="XLabel">The figure and its unit.</param>
/// <param name="Logarithmic">Whether the horizontal scale is.</param>
/// <param name="Series">The markers.</param>
internal sealed record RowPanel(string Title, string XLabel, bool Logarithmic, IReadOnlyList<RowSeries> Series)
{
    /// <summary>The right end of a scale that isn't logarithmic; null for what the figures need.</summary>
    public double? Maximum { get; init; }
}
