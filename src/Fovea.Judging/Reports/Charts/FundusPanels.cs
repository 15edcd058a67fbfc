using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Reports.Charts;

/// <summary>Hues, light and vessels of generated and of real images.</summary>
internal static class FundusPanels
{
    private const int VesselBins = 20;

    /// <summary>The panels that there are figures for.</summary>
    public static IEnumerable<CurvePanel> Of(FundusJudgement fundus) =>
        new[] { Hues(fundus), Radial(fundus), Vessels(fundus) }.Where(panel => panel.Curves.Any(curve => curve.Xs.Count > 0));

    private static CurvePanel Hues(FundusJudgement fundus)
    {
        static IReadOnlyList<double> Edges(IReadOnlyList<double> shares) => [.. Enumerable.Range(0, shares.Count + 1).Select(bin => 360.0 * bin / shares.Count)];
        return new("Hues", "hue (degrees; red 0, green 120, blue 240)", "mean share of pixels", Both(fundus.GeneratedHues, fundus.RealHues, Edges));
    }

    private static CurvePanel Radial(FundusJudgement fundus)
    {
        static IReadOnlyList<double> Edges(IReadOnlyList<double> rings) => [.. Enumerable.Range(0, rings.Count + 1).Select(ring => ring / (double)rings.Count)];
        return new(
            "Light", "distance from the middle (radius of the retina = 1)", "mean brightness (0 to 1)",
            Both(fundus.GeneratedRadial, fundus.RealRadial, Edges));
    }

    private static CurvePanel Vessels(FundusJudgement fundus)
    {
        var top = fundus.GeneratedVesselShare.Concat(fundus.RealVesselShare).Where(double.IsFinite).Append(0).Max();
        double[] edges = [.. Enumerable.Range(0, VesselBins + 1).Select(bin => (top > 0 ? top : 1) * bin / VesselBins)];
        IReadOnlyList<double> Shares(IReadOnlyList<double> values) =>
            values.Count == 0
                ? []
                : [.. Enumerable.Range(0, VesselBins).Select(bin => values.Count(value => Bin(value, edges[^1]) == bin) / (double)values.Count)];
        return new(
            "Vessels", "share of vessel-like pixels", "share of images", Both(Shares(fundus.GeneratedVesselShare), Shares(fundus.RealVesselShare), _ => edges));
    }

    private static int Bin(double value, double top) => (int)Math.Clamp(Math.Floor(value / top * VesselBins), 0, VesselBins - 1);

    private static IReadOnlyList<Curve> Both(IReadOnlyList<double> generated, IReadOnlyList<double> real, Func<IReadOnlyList<double>, IReadOnlyList<double>> edges)
    {
        IReadOnlyList<double> Ends(IReadOnlyList<double> values) => values.Count == 0 ? [] : edges(values);
        return [Curve.Steps("real images", CurveTone.Real, Ends(real), real), Curve.Steps("generated images", CurveTone.Generated, Ends(generated), generated)];
    }
}
