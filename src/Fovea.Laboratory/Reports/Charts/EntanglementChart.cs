using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Entanglement of states with inputs encoded, over qubits and over layers, beside that of Haar-random states.</summary>
internal static class EntanglementChart
{
    public static LineChart MeyerWallach(ComparisonView view) =>
        Of(view, "Meyer–Wallach Q, encoded", "Q (0 to 1)", e => e.MeyerWallachEncoded, e => e.MeyerWallachHaar);

    public static LineChart HalfCutEntropy(ComparisonView view) =>
        Of(view, "Half-cut entropy, encoded", "entropy (bits)", e => e.HalfCutEntropyEncoded, e => e.HalfCutEntropyHaar);

    private static LineChart Of(
        ComparisonView view, string title, string yLabel, Func<StateEntanglement, Estimate> figure, Func<StateEntanglement, double> haar) =>
        new(yLabel, Logarithmic: false,
        [
            new($"{title}, over qubits, L = {view.Layers}", "qubits n", entry => Curves.OverQubits(entry, view.Layers, cell => figure(cell.Entanglement)))
            {
                Haar = Haar(view.Cells.Where(cell => cell.Subject.Layers == view.Layers), cell => cell.Subject.Qubits, haar),
            },
            new($"{title}, over layers, n = {view.Largest}", "layers L", entry => Curves.OverLayers(entry, view.Largest, cell => figure(cell.Entanglement)))
            {
                Haar = Haar(view.Cells.Where(cell => cell.Subject.Qubits == view.Largest), cell => cell.Subject.Layers, haar),
            },
        ]);

    private static IReadOnlyList<(double X, double Y)> Haar(IEnumerable<AnsatzAnalysis> cells, Func<AnsatzAnalysis, int> x, Func<StateEntanglement, double> haar) =>
        [.. cells.GroupBy(x).OrderBy(group => group.Key).Select(group => ((double)group.Key, haar(group.First().Entanglement)))];
}
