using Fovea.Quantum.Engines.Ensembles;

namespace Fovea.Laboratory.Entanglement;

/// <summary>Q = 2(1 − mean_k Tr ρ_k²) over the wires k (Meyer and Wallach, quant-ph/0108104; in this form Brennen, quant-ph/0305094).</summary>
internal static class MeyerWallach
{
    // Product states come out at a few times the spacing of doubles on either side of zero.
    private const double Rounding = 1e-13;

    /// <summary>Q of every lane.</summary>
    /// <param name="state">The states.</param>
    /// <param name="values">[lane], overwritten; in [0, 1].</param>
    public static void Of(EnsembleState state, Span<double> values)
    {
        Span<double> purity = stackalloc double[EnsembleState.Lanes];
        values.Fill(2);
        for (var wire = 0; wire < state.WireCount; wire++)
        {
            state.Purity(wire, purity);
            for (var lane = 0; lane < values.Length; lane++)
                values[lane] -= 2 * purity[lane] / state.WireCount;
        }

        for (var lane = 0; lane < values.Length; lane++)
            values[lane] = values[lane] < Rounding ? 0 : values[lane];
    }
}
