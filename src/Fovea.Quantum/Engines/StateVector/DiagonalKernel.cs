using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>Diagonal rotations: a table of phases for those all lanes share, one pass each for those by inputs.</summary>
internal static unsafe class DiagonalKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>ψ[p] *= e^{iφ_p}.</summary>
    /// <param name="psi">The state.</param>
    /// <param name="table">[slot, 2]: cos φ_p and sin φ_p.</param>
    /// <param name="slots">Number of slots.</param>
    public static void Apply(Planes<TLanes> psi, T* table, int slots)
    {
        for (nint p = 0; p < slots; p++)
            Multiply(psi, p, TLanes.Broadcast(table[2 * p]), TLanes.Broadcast(table[(2 * p) + 1]));
    }

    /// <summary>
    /// Undoes the table on ψ and λ and adds Im(λ*ψ) of every slot to <paramref name="products"/>, from which the
    /// gradient of any diagonal rotation is a signed sum.
    /// </summary>
    public static void Undo(Planes<TLanes> psi, Planes<TLanes> lambda, T* table, int slots, TLanes* products)
    {
        for (nint p = 0; p < slots; p++)
        {
            if (products != null)
                products[p] += Product(psi, lambda, p);
            var (cos, sin) = (TLanes.Broadcast(table[2 * p]), TLanes.Broadcast(-table[(2 * p) + 1]));
            Multiply(psi, p, cos, sin);
            Multiply(lambda, p, cos, sin);
        }
    }

    /// <summary>ψ[p] *= e^{∓iα/2}, minus where the parity of p under the mask is even, with another α in every lane.</summary>
    /// <param name="psi">The state.</param>
    /// <param name="slots">Number of slots.</param>
    /// <param name="parityMask">Slot bits whose parity gives the sign.</param>
    /// <param name="coefficients">[2]: cos α/2 and sin α/2.</param>
    public static void ApplyInput(Planes<TLanes> psi, int slots, int parityMask, TLanes* coefficients)
    {
        var (cos, sin) = (coefficients[0], coefficients[1]);
        for (nint p = 0; p < slots; p++)
            Multiply(psi, p, cos, IsEven(p, parityMask) ? -sin : sin);
    }

    /// <summary>Undoes <see cref="ApplyInput"/> on ψ and λ; returns dE/dα of every lane.</summary>
    public static TLanes UndoInput(
        Planes<TLanes> psi, Planes<TLanes> lambda, int slots, int parityMask, TLanes* coefficients)
    {
        var (cos, sin) = (coefficients[0], coefficients[1]);
        var gradient = TLanes.Zero;
        for (nint p = 0; p < slots; p++)
        {
            var product = Product(psi, lambda, p);
            var even = IsEven(p, parityMask);
            gradient += even ? product : -product;
            Multiply(psi, p, cos, even ? sin : -sin);
            Multiply(lambda, p, cos, even ? sin : -sin);
        }

        return gradient;
    }

    private static bool IsEven(nint slot, int mask) =>
        int.IsEvenInteger(BitOperations.PopCount((uint)slot & (uint)mask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Product(Planes<TLanes> psi, Planes<TLanes> lambda, nint p) =>
        TLanes.MultiplyAdd(lambda.Re[p], psi.Im[p], -(lambda.Im[p] * psi.Re[p]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Planes<TLanes> state, nint p, TLanes cos, TLanes sin)
    {
        var (re, im) = (state.Re[p], state.Im[p]);
        state.Re[p] = TLanes.MultiplyAdd(re, cos, -(im * sin));
        state.Im[p] = TLanes.MultiplyAdd(re, sin, im * cos);
    }
}
