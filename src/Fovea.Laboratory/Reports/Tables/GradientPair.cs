using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Tables;

/// <summary>The mean square of one derivative.</summary>
internal readonly record struct GradientPair(AnsatzAnalysis Cell, int Output, int Parameter, double MeanSquare)
{
    /// <summary>Every pair of every analysis: outputs in order, then parameters.</summary>
    public static IEnumerable<GradientPair> All(IEnumerable<AnsatzAnalysis> cells) =>
        from cell in cells
        from output in cell.Gradients.Pairs.Index()
        from pair in output.Item.Index()
        select new GradientPair(cell, output.Index, pair.Index, pair.Item);
}
