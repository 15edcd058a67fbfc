using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// The product of single-qubit states, and its transpose: what λ leaves for each qubit when it is contracted with all the
/// others. Both split the qubits in halves, so the work on 2ⁿ amplitudes is done once, not once a qubit.
/// </summary>
internal static unsafe class ProductKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Registers of scratch both methods need for <paramref name="count"/> qubits.</summary>
    public static int ScratchSize(int count) => 32 << ((count + 1) / 2);

    /// <summary>Writes ⊗ of <paramref name="count"/> qubits; the first one is the least significant bit.</summary>
    /// <param name="qubits">[count, 4].</param>
    /// <param name="count">Number of qubits.</param>
    /// <param name="product">[2^count], overwritten.</param>
    /// <param name="scratch">[<see cref="ScratchSize"/>].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Build(TLanes* qubits, int count, Planes<TLanes> product, TLanes* scratch)
    {
        if (count == 1)
        {
            (product.Re[0], product.Im[0], product.Re[1], product.Im[1]) = (qubits[0], qubits[1], qubits[2], qubits[3]);
            return;
        }

        var (lowCount, highCount) = (count / 2, count - (count / 2));
        var low = Take(ref scratch, lowCount);
        var high = Take(ref scratch, highCount);
        Build(qubits, lowCount, low, scratch);
        Build(qubits + (QubitChain<TLanes, T>.Size * lowCount), highCount, high, scratch);
        for (nint a = 0; a < 1 << highCount; a++)
        {
            var (re, im) = (high.Re[a], high.Im[a]);
            var row = new Planes<TLanes>(product.Re + (a << lowCount), product.Im + (a << lowCount));
            for (nint b = 0; b < 1 << lowCount; b++)
            {
                row.Re[b] = TLanes.MultiplyAdd(re, low.Re[b], -(im * low.Im[b]));
                row.Im[b] = TLanes.MultiplyAdd(re, low.Im[b], im * low.Re[b]);
            }
        }
    }

    /// <summary>Writes for each qubit q the two amplitudes Σ λ·∏_{k≠q} conj(qubit k).</summary>
    /// <param name="qubits">[count, 4].</param>
    /// <param name="count">Number of qubits.</param>
    /// <param name="lambda">[2^count].</param>
    /// <param name="cotangents">[count, 4], overwritten.</param>
    /// <param name="scratch">[<see cref="ScratchSize"/>].</param>
    public static void Contract(TLanes* qubits, int count, Planes<TLanes> lambda, TLanes* cotangents, TLanes* scratch)
    {
        if (count == 1)
        {
            (cotangents[0], cotangents[1]) = (lambda.Re[0], lambda.Im[0]);
            (cotangents[2], cotangents[3]) = (lambda.Re[1], lambda.Im[1]);
            return;
        }

        var (lowCount, highCount) = (count / 2, count - (count / 2));
        var offset = QubitChain<TLanes, T>.Size * lowCount;
        var low = Take(ref scratch, lowCount);
        var high = Take(ref scratch, highCount);
        var lowRest = Take(ref scratch, lowCount);
        var highRest = Take(ref scratch, highCount);
        Build(qubits, lowCount, low, scratch);
        Build(qubits + offset, highCount, high, scratch);
        ContractHalves(lambda, low, lowCount, high, highCount, lowRest, highRest);
        Contract(qubits, lowCount, lowRest, cotangents, scratch);
        Contract(qubits + offset, highCount, highRest, cotangents + offset, scratch);
    }

    /// <summary>lowRest[b] = Σ_a conj(high[a])·λ[a,b] and highRest[a] = Σ_b conj(low[b])·λ[a,b].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ContractHalves(
        Planes<TLanes> lambda,
        Planes<TLanes> low,
        int lowCount,
        Planes<TLanes> high,
        int highCount,
        Planes<TLanes> lowRest,
        Planes<TLanes> highRest)
    {
        new Span<TLanes>(lowRest.Re, 1 << lowCount).Clear();
        new Span<TLanes>(lowRest.Im, 1 << lowCount).Clear();
        for (nint a = 0; a < 1 << highCount; a++)
        {
            var (re, im, minusIm) = (high.Re[a], high.Im[a], -high.Im[a]);
            var (sumRe, sumIm) = (TLanes.Zero, TLanes.Zero);
            var row = new Planes<TLanes>(lambda.Re + (a << lowCount), lambda.Im + (a << lowCount));
            for (nint b = 0; b < 1 << lowCount; b++)
            {
                var (x, y) = (row.Re[b], row.Im[b]);
                lowRest.Re[b] = TLanes.MultiplyAdd(re, x, TLanes.MultiplyAdd(im, y, lowRest.Re[b]));
                lowRest.Im[b] = TLanes.MultiplyAdd(re, y, TLanes.MultiplyAdd(minusIm, x, lowRest.Im[b]));
                sumRe = TLanes.MultiplyAdd(low.Re[b], x, TLanes.MultiplyAdd(low.Im[b], y, sumRe));
                sumIm = TLanes.MultiplyAdd(low.Re[b], y, sumIm) - (low.Im[b] * x);
            }

            (highRest.Re[a], highRest.Im[a]) = (sumRe, sumIm);
        }
    }

    private static Planes<TLanes> Take(ref TLanes* scratch, int count)
    {
        var planes = new Planes<TLanes>(scratch, scratch + (1 << count));
        scratch += 2 << count;
        return planes;
    }
}
