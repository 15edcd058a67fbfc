using System.Numerics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Complex;

namespace Fovea.Laboratory.Diagnostics;

/// <summary>Entanglement of an ansatz's random states.</summary>
internal static class EntanglementStudy
{
    /// <summary>Samples with and without encoding.</summary>
    public static StateEntanglement Measure(AnsatzSubject subject, ulong seed, SampleBudget budget, CancellationToken cancellation = default)
    {
        var (meyerWallach, entropy) = Sample(subject.WithoutEncoding(), seed, budget, cancellation);
        var (meyerWallachEncoded, entropyEncoded) = Sample(subject.WithEncoding(), seed, budget, cancellation);
        return new()
        {
            MeyerWallach = meyerWallach,
            MeyerWallachEncoded = meyerWallachEncoded,
            MeyerWallachHaar = HaarMeans.MeyerWallach(subject.Qubits),
            HalfCutEntropy = entropy,
            HalfCutEntropyEncoded = entropyEncoded,
            HalfCutEntropyHaar = HaarMeans.Entropy(1 << (subject.Qubits / 2), 1 << (subject.Qubits - (subject.Qubits / 2))),
        };
    }

    private static (Estimate MeyerWallach, Estimate Entropy) Sample(Circuit circuit, ulong seed, SampleBudget budget, CancellationToken cancellation)
    {
        var states = new RandomStates(circuit, seed);
        var (meyerWallach, entropy) = (new RunningMean(), new RunningMean());
        Span<double> lanes = stackalloc double[EnsembleState.Lanes];
        while (!budget.IsEnough(meyerWallach.Count, meyerWallach.Estimate) || !budget.IsEnough(entropy.Count, entropy.Estimate))
        {
            cancellation.ThrowIfCancellationRequested();
            var state = states.Draw(meyerWallach.Count);
            MeyerWallach.Measure(state, lanes);
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                meyerWallach.Add(lanes[lane]);
                entropy.Add(HalfCut.Entropy(state, lane));
            }
        }

        return (meyerWallach.Estimate, entropy.Estimate);
    }
}

/// <summary>Averages over states drawn evenly from all states.</summary>
internal static class HaarMeans
{
    /// <summary>Of Q: (2ⁿ − 2)/(2ⁿ + 1).</summary>
    public static double MeyerWallach(int wires) => (Math.Pow(2, wires) - 2) / (Math.Pow(2, wires) + 1);

    /// <summary>Of the entropy of a part, in bits: Σ_{k=b+1}^{ab} 1/k − (a − 1)/(2b), in nats (Page 1993; proved by Foong and Kanno 1994).</summary>
    /// <param name="part">a, dimension of the part.</param>
    /// <param name="rest">b ≥ a, dimension of the rest.</param>
    public static double Entropy(int part, int rest)
    {
        var sum = 0.0;
        for (var k = part * rest; k > rest; k--)
            sum += 1.0 / k;
        return (sum - ((part - 1) / (2.0 * rest))) / Math.Log(2);
    }
}

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

/// <summary>Q = 2(1 − mean_k Tr ρ_k²) over the wires k (Meyer and Wallach, quant-ph/0108104; in this form Brennen, quant-ph/0305094).</summary>
internal static class MeyerWallach
{
    // Product states come out at a few times the spacing of doubles on either side of zero.
    private const double Rounding = 1e-13;

    /// <summary>Q of every lane.</summary>
    /// <param name="state">The states.</param>
    /// <param name="values">[lane], overwritten; in [0, 1].</param>
    public static void Measure(EnsembleState state, Span<double> values)
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
