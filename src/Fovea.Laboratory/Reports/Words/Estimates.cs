using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Words;

/// <summary>Estimates for readers.</summary>
internal static class Estimates
{
    /// <summary>"0.123 ± 0.004"; without ± where the figure is exact.</summary>
    public static string Text(Estimate estimate) => Figures.WithError(estimate.Value, estimate.StandardError);

    /// <summary>As <see cref="Text(Estimate)"/>; <see cref="Figures.None"/> for null.</summary>
    public static string Text(Estimate? estimate) => estimate is { } value ? Text(value) : Figures.None;
}
