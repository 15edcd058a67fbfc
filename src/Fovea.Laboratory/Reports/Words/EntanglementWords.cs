using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Words;

/// <summary>Sentences about entanglement beside that of Haar-random states.</summary>
internal static class EntanglementWords
{
    // A difference that sampling alone makes once in twenty times.
    private const double Errors = 2;

    public static string Of(AnsatzAnalysis cell)
    {
        var e = cell.Entanglement;
        return $"With inputs encoded, its states have Q = {Estimates.Text(e.MeyerWallachEncoded)}, "
            + $"{Beside(e.MeyerWallachEncoded, e.MeyerWallachHaar)}, and a half-cut entropy of {Estimates.Text(e.HalfCutEntropyEncoded)} bits, {Beside(e.HalfCutEntropyEncoded, e.HalfCutEntropyHaar)}.";
    }

    /// <summary>"71 % of the 0.985 of Haar-random states".</summary>
    public static string Beside(Estimate value, double haar) =>
        haar <= 0 ? $"beside {Figures.Number(haar)} of Haar-random states"
        : Math.Abs(value.Value - haar) <= Errors * value.StandardError ? $"as much as Haar-random states have ({Figures.Number(haar)})"
        : value.Value == 0 ? $"none of the {Figures.Number(haar)} of Haar-random states"
        : $"{Figures.Percent(value.Value / haar)} of the {Figures.Number(haar)} of Haar-random states";
}
