using System.Numerics;
using Fovea.Quantum.Engines.Ensembles;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Complex;

namespace Fovea.Laboratory.Entanglement;

/// <summary>The first ⌊n/2⌋ wires against the others.</summary>
internal static class HalfCut
{
    // Eigenvalues of pure halves are 0 and 1 but for a few times the spacing of doubles.
    private const double Rounding = 1e-14;

    /// <summary>Von Neumann entropy −Σ p log₂ p of the first half's density matrix, in bits.</summary>
    public static double Entropy(EnsembleState state, int lane)
    {
        var rows = 1 << (state.WireCount / 2);
        var columns = (1 << state.WireCount) / rows;
        var amplitudes = new DenseMatrix(rows, columns);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                amplitudes[row, column] = state.Amplitude((row * columns) + column, lane);
        }

        var density = amplitudes.ConjugateTransposeAndMultiply(amplitudes);
        var probabilities = density.Evd(Symmetricity.Hermitian).EigenValues;
        return probabilities.Sum(Term);
    }

    private static double Term(Complex probability) => probability.Real is > Rounding and < 1 - Rounding ? -probability.Real * Math.Log2(probability.Real) : 0;
}
