using System.Numerics;
using Fovea.Quantum.Engines.Ensembles;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Complex;

namespace Fovea.Laboratory.Entanglement;

/// <summary>The first ⌊n/2⌋ wires against the others.</summary>
internal static class HalfCut
{
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
        // A pure half may come out below zero by rounding.
        return Math.Max(0, probabilities.Sum(Term));
    }

    private static double Term(Complex probability) => probability.Real > 0 ? -probability.Real * Math.Log2(probability.Real) : 0;
}
