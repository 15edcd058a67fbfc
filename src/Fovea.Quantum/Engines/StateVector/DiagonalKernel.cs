using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>Diagonal rotations: a table of phases for those all lanes share, one pass each for those by inputs.</summary>
internal static unsafe class DiagonalKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>to[p] = c_p·from[p].</summary>
    /// <param name="from">A state.</param>
    /// <param name="to">Another or the same.</param>
    /// <param name="table">[slot, 2]: real and imaginary part of c_p.</param>
    /// <param name="slots">Number of slots.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply(Planes<TLanes> from, Planes<TLanes> to, T* table, int slots)
    {
        for (nint p = 0; p < slots; p++)
            Multiply(from, to, p, TLanes.Broadcast(table[2 * p]), TLanes.Broadcast(table[(2 * p) + 1]));
    }

    /// <summary>The adjoint of the table: state[p] *= conj(c_p).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Undo(Planes<TLanes> state, T* table, int slots)
    {
        for (nint p = 0; p < slots; p++)
            Multiply(state, state, p, TLanes.Broadcast(table[2 * p]), TLanes.Broadcast(-table[(2 * p) + 1]));
    }

    /// <summary>
    /// As above on λ, and adds Im(λ*ψ) of every slot to <paramref name="products"/>, from which the gradient of any diagonal rotation is
    /// a signed sum.
    /// </summary>
    /// <param name="psi">ψ before the table; diagonals commute, so it is all the same where they are read.</param>
    /// <param name="lambda">λ after the table, overwritten by λ before it.</param>
    /// <param name="table">As for <see cref="Apply"/>.</param>
    /// <param name="slots">Number of slots.</param>
    /// <param name="products">[slot], added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Undo(Planes<TLanes> psi, Planes<TLanes> lambda, T* table, int slots, TLanes* products)
    {
        for (nint p = 0; p < slots; p++)
        {
            Multiply(lambda, lambda, p, TLanes.Broadcast(table[2 * p]), TLanes.Broadcast(-table[(2 * p) + 1]));
            products[p] += Product(psi, lambda, p);
        }
    }

    /// <summary>Writes Im(λ*ψ) of every slot.</summary>
    public static void Multiply(Planes<TLanes> psi, Planes<TLanes> lambda, int slots, TLanes* products)
    {
        for (nint p = 0; p < slots; p++)
            products[p] = Product(psi, lambda, p);
    }

    /// <summary>state[p] *= e^{∓iα/2}, minus where the parity of p under the mask is even, with another α in every lane.</summary>
    /// <param name="state">The state.</param>
    /// <param name="slots">Number of slots.</param>
    /// <param name="parityMask">Slot bits whose parity gives the sign.</param>
    /// <param name="coefficients">[2]: cos α/2 and sin α/2.</param>
    /// <param name="back">Whether to turn by −α.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TurnByInput(Planes<TLanes> state, int slots, int parityMask, TLanes* coefficients, bool back)
    {
        var (cos, odd) = (coefficients[0], back ? -coefficients[1] : coefficients[1]);
        var even = -odd;
        for (nint p = 0; p < slots; p++)
            Multiply(state, state, p, cos, IsEven(p, parityMask) ? even : odd);
    }

    /// <summary>dE/dα of a diagonal rotation in every lane: the sum of the products, minus those of odd parity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static TLanes SignedSum(TLanes* products, int slots, int parityMask)
    {
        var (even, odd) = (TLanes.Zero, TLanes.Zero);
        for (nint p = 0; p < slots; p++)
        {
            if (IsEven(p, parityMask))
                even += products[p];
            else
                odd += products[p];
        }

        return even - odd;
    }

    private static bool IsEven(nint slot, int mask) =>
        int.IsEvenInteger(BitOperations.PopCount((uint)slot & (uint)mask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Product(Planes<TLanes> psi, Planes<TLanes> lambda, nint p) =>
        TLanes.MultiplyAdd(lambda.Re[p], psi.Im[p], -(lambda.Im[p] * psi.Re[p]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Planes<TLanes> from, Planes<TLanes> to, nint p, TLanes re, TLanes im)
    {
        var (x, y) = (from.Re[p], from.Im[p]);
        to.Re[p] = TLanes.MultiplyAdd(x, re, -(y * im));
        to.Im[p] = TLanes.MultiplyAdd(x, im, y * re);
    }
}
