using Fovea.Laboratory.Reports.Views;
using Fovea.Reporting.Charts;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>The charts of a comparison.</summary>
internal static class ReportCharts
{
    public static IReadOnlyList<ReportChart> All(ComparisonView view, TradeOff tradeOff) =>
    [
        new("trade-off.png", "Trade-off: noise against gradients", ChartCaptions.TradeOff(view, tradeOff), theme => TradeOffChart.Png(view, tradeOff, theme)),
        new("gradients.png", "Gradients", ChartCaptions.Gradients(view), theme => GradientChart.Of(view).Png(view.Ansaetze, theme)),
        new("entanglement.png", "Entanglement", ChartCaptions.Entanglement, theme => EntanglementChart.MeyerWallach(view).Png(view.Ansaetze, theme)),
        new("entropy.png", "Entropy of the half cut", ChartCaptions.Entropy, theme => EntanglementChart.HalfCutEntropy(view).Png(view.Ansaetze, theme)),
        new("noise.png", "Noise", ChartCaptions.Noise(view), theme => NoiseChart.Of(view).Png(view.Ansaetze, view.Reference, theme)),
        new("cost.png", "Cost", ChartCaptions.Cost(view), theme => CostChart.Of(view).Png(view.Ansaetze, view.Reference, theme)),
    ];
}
