using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

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
