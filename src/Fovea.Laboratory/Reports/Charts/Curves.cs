using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>One figure of an ansatz along one direction of the table of sizes.</summary>
internal static class Curves
{
    public static IReadOnlyList<CurvePoint> OverQubits(AnsatzEntry entry, int layers, Func<AnsatzAnalysis, Estimate> figure) =>
        [.. entry.Cells.Where(cell => cell.Subject.Layers == layers).Select(cell => new CurvePoint(cell.Subject.Qubits, figure(cell)))];

    public static IReadOnlyList<CurvePoint> OverLayers(AnsatzEntry entry, int qubits, Func<AnsatzAnalysis, Estimate> figure) =>
        [.. entry.Cells.Where(cell => cell.Subject.Qubits == qubits).Select(cell => new CurvePoint(cell.Subject.Layers, figure(cell)))];
}
