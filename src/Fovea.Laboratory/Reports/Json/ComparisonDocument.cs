using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Laboratory.Reports.Json;

/// <summary>The contents of <c>comparison.json</c>: settings first, then what was compared, then the figures.</summary>
internal sealed record ComparisonDocument(
    string Encoding,
    bool Reupload,
    ulong Seed,
    double Seconds,
    IReadOnlyList<Ansatz> Ansaetze,
    IReadOnlyList<GradientDecay> Decays,
    IReadOnlyList<AnsatzAnalysis> Cells)
{
    public static ComparisonDocument Of(ComparisonView view)
    {
        var comparison = view.Comparison;
        return new(
            comparison.Encoding, comparison.Reupload, comparison.Seed, comparison.Seconds, [.. view.Ansaetze.Select(entry => entry.Ansatz)],
            comparison.Decays, view.Cells);
    }
}
