using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>Z expectation values of every wire, and λ = Σ_i g_i Z_i ψ, the start of the adjoint pass.</summary>
internal static unsafe class MeasurementKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes ⟨Z⟩ of every wire: the probabilities are summed out wire by wire, wire 0 first.</summary>
    /// <param name="psi">The final state.</param>
    /// <param name="slotOf">[2^wires]: slot of each logical basis index.</param>
    /// <param name="wireCount">Number of wires.</param>
    /// <param name="scratch">[2^wires].</param>
    /// <param name="expectations">[wires], overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Measure(Planes<TLanes> psi, int[] slotOf, int wireCount, TLanes* scratch, TLanes* expectations)
    {
        for (var index = 0; index < slotOf.Length; index++)
        {
            nint p = slotOf[index];
            scratch[index] = TLanes.MultiplyAdd(psi.Re[p], psi.Re[p], psi.Im[p] * psi.Im[p]);
        }

        for (var wire = 0; wire < wireCount; wire++)
        {
            var half = slotOf.Length >> (wire + 1);
            var difference = TLanes.Zero;
            for (var index = 0; index < half; index++)
            {
                var (zero, one) = (scratch[index], scratch[half + index]);
                difference += zero - one;
                scratch[index] = zero + one;
            }

            expectations[wire] = difference;
        }
    }

    /// <summary>Writes λ = Σ_i cotangents[i]·Z_i ψ.</summary>
    /// <param name="psi">The final state.</param>
    /// <param name="lambda">Overwritten.</param>
    /// <param name="slotOf">[2^wires]: slot of each logical basis index.</param>
    /// <param name="wireCount">Number of wires.</param>
    /// <param name="scratch">[2^wires].</param>
    /// <param name="cotangents">[wires].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Seed(
        Planes<TLanes> psi, Planes<TLanes> lambda, int[] slotOf, int wireCount, TLanes* scratch, TLanes* cotangents)
    {
        scratch[0] = TLanes.Zero;
        for (var wire = wireCount - 1; wire >= 0; wire--)
        {
            var size = slotOf.Length >> (wire + 1);
            var cotangent = cotangents[wire];
            for (var index = 0; index < size; index++)
            {
                var sum = scratch[index];
                scratch[index] = sum + cotangent;
                scratch[size + index] = sum - cotangent;
            }
        }

        for (var index = 0; index < slotOf.Length; index++)
        {
            nint p = slotOf[index];
            lambda.Re[p] = scratch[index] * psi.Re[p];
            lambda.Im[p] = scratch[index] * psi.Im[p];
        }
    }
}

/// <summary>
/// A Pauli string on the slots of memory, without its sign: slot p goes to p ⊕ <paramref name="FlipMask"/>, times −1 where the
/// parity of p under <paramref name="ParityMask"/> is odd, and times i when <paramref name="IsImaginary"/>.
/// </summary>
/// <param name="FlipMask">Slot bits exchanged; 0 for a string of Z.</param>
/// <param name="ParityMask">Slot bits whose parity gives the sign.</param>
/// <param name="IsImaginary">Whether the number of Y is odd.</param>
internal readonly record struct MeasuredString(int FlipMask, int ParityMask, bool IsImaginary);

/// <summary>The Walsh–Hadamard transform: a sum over all Pauli-Z strings at once.</summary>
internal static class WalshHadamard
{
    /// <summary>Replaces a[m] by Σ_p (−1)^{parity(m &amp; p)} a[p]; the length is a power of two.</summary>
    public static void Transform<TValue>(Span<TValue> values)
        where TValue : IAdditionOperators<TValue, TValue, TValue>, ISubtractionOperators<TValue, TValue, TValue>
    {
        for (var half = 1; half < values.Length; half *= 2)
        {
            for (var start = 0; start < values.Length; start += 2 * half)
            {
                var low = values.Slice(start, half);
                var high = values.Slice(start + half, half);
                for (var i = 0; i < low.Length; i++)
                    (low[i], high[i]) = (low[i] + high[i], low[i] - high[i]);
            }
        }
    }
}
