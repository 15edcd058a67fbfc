using Fovea.Laboratory.Results;
using ScottPlot;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>One marker in every row of a <see cref="RowPanel"/>.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Shape">The marker, of one name the same in all charts.</param>
/// <param name="Value">The figure of an ansatz's analysis; null where there is none.</param>
internal sealed record RowSeries(string Name, MarkerShape Shape, Func<AnsatzAnalysis, Estimate?> Value);
