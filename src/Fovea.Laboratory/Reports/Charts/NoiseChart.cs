using Fovea.Laboratory.Reports.Views;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>What each noise does to each ansatz at the reference size.</summary>
internal static class NoiseChart
{
    public static RowChart Of(ComparisonView view) => new(
    [
        new($"Relative error under noise, {view.Reference}", "‖Z noisy − Z ideal‖ / ‖Z ideal‖ (logarithmic)", Logarithmic: true,
            [.. view.Noises.Select(noise => new RowSeries(noise, AnsatzMark.OfNoise(view, noise), cell => cell.Under(noise)?.RelativeError))]),
        new($"Fidelity of the state, {view.Reference}", "fidelity (0 to 1)", Logarithmic: false,
            [.. view.Noises.Select(noise => new RowSeries(noise, AnsatzMark.OfNoise(view, noise), cell => cell.Under(noise)?.Fidelity))]) { Maximum = 1.02 },
    ]);
}
