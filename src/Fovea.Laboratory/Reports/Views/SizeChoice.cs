using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Views;

/// <summary>
/// Which size shows the most ansätze side by side: one that all have, where there is one. Ansätze with rules about their wires (multiples of
/// 3, multiples of 4) share few sizes.
/// </summary>
internal static class SizeChoice
{
    /// <summary>Among the sizes of most ansätze, those with figures under noise counted first, the one nearest to <paramref name="preferred"/>.</summary>
    public static CellSize Nearest(IReadOnlyList<AnsatzEntry> ansaetze, CellSize preferred) =>
        ansaetze.SelectMany(entry => entry.Cells)
            .GroupBy(cell => cell.Size())
            .OrderByDescending(cells => cells.Count(HasNoiseFigures))
            .ThenByDescending(cells => cells.Count())
            .ThenBy(cells => cells.Key.DistanceTo(preferred))
            .First().Key;

    /// <summary>The number of layers nearest to <paramref name="preferred"/> among those of most ansätze.</summary>
    public static int Layers(IReadOnlyList<AnsatzEntry> ansaetze, int preferred) =>
        Shared(ansaetze, cell => cell.Subject.Layers).OrderBy(layers => Math.Abs(layers - preferred)).ThenBy(layers => layers).First();

    /// <summary>The largest number of qubits among those of most ansätze.</summary>
    public static int LargestQubits(IReadOnlyList<AnsatzEntry> ansaetze) => Shared(ansaetze, cell => cell.Subject.Qubits).Max();

    private static IEnumerable<int> Shared(IReadOnlyList<AnsatzEntry> ansaetze, Func<AnsatzAnalysis, int> size) =>
        ansaetze.SelectMany(entry => entry.Cells.Select(size).Distinct())
            .GroupBy(value => value)
            .GroupBy(values => values.Count(), values => values.Key)
            .MaxBy(values => values.Key)!;

    private static bool HasNoiseFigures(AnsatzAnalysis cell) => cell.Resilience.Any(r => r.RelativeError is not null);
}
