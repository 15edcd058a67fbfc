using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;
using ScottPlot;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>What each ansatz costs at the reference size.</summary>
internal static class CostChart
{
    public static RowChart Of(ComparisonView view) => new(
    [
        new("Native two-qubit gates", "gates, those of SWAPs included", Logarithmic: false,
            [.. view.Devices.Select(device => new RowSeries(device, AnsatzMark.OfNoise(view, device), cell => Exact(cell.Under(device)?.Compiled?.Entanglers)))]),
        new("Parameters", "parameters", Logarithmic: false,
        [
            new("live parameters", MarkerShape.FilledTriangleDown, cell => Exact(cell.Cost.LiveParameters)),
            new("all parameters", MarkerShape.OpenTriangleDown, cell => Exact(cell.Cost.Parameters)),
        ]),
        new("Simulation on one thread", "circuits a second (logarithmic)", Logarithmic: true,
        [
            new("forward", MarkerShape.OpenCircle, cell => Exact(cell.Cost.ForwardPerSecond)),
            new("forward and backward", MarkerShape.OpenSquare, cell => Exact(cell.Cost.GradientPerSecond)),
        ]),
    ]);

    private static Estimate? Exact(double? value) => value is { } number ? Estimate.Exact(number) : null;
}
