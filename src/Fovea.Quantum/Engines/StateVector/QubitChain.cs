using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// The single-qubit states of the entry product: |0⟩ turned by a chain of Y and Z rotations, and the way back. One qubit
/// takes four registers: real and imaginary part of the amplitudes of |0⟩ and |1⟩.
/// </summary>
internal static unsafe class QubitChain<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Registers of one qubit.</summary>
    public const int Size = 4;

    /// <summary>Writes the state after the chain.</summary>
    /// <param name="chain">Coefficient indices in time order.</param>
    /// <param name="plan">The plan the indices belong to.</param>
    /// <param name="coefficients">[rotation, 2]: cos α/2 and sin α/2.</param>
    /// <param name="start">The amplitude of |0⟩ before the chain, a factor of the state.</param>
    /// <param name="qubit">[4]: re₀, im₀, re₁, im₁; overwritten.</param>
    public static void Prepare(int[] chain, ExecutionPlan plan, TLanes* coefficients, TLanes start, TLanes* qubit)
    {
        qubit[0] = start;
        qubit[1] = qubit[2] = qubit[3] = TLanes.Zero;
        foreach (var index in chain)
        {
            var (cos, sin) = (coefficients[2 * index], coefficients[(2 * index) + 1]);
            if (plan.Rotations[index].IsDiagonal)
                TurnZ(qubit, cos, sin);
            else
                TurnY(qubit, cos, sin);
        }
    }

    /// <summary>
    /// Undoes the chain on the qubit and on its cotangent (λ contracted with all the other qubits) and adds dE/dα of each
    /// rotation.
    /// </summary>
    public static void Undo(
        int[] chain, ExecutionPlan plan, TLanes* coefficients, TLanes* qubit, TLanes* cotangent, TLanes* gradients)
    {
        for (var k = chain.Length - 1; k >= 0; k--)
        {
            var index = chain[k];
            var (cos, sin) = (coefficients[2 * index], -coefficients[(2 * index) + 1]);
            if (plan.Rotations[index].IsDiagonal)
            {
                gradients[index] += Imaginary(cotangent, qubit) - Imaginary(cotangent + 2, qubit + 2);
                TurnZ(qubit, cos, sin);
                TurnZ(cotangent, cos, sin);
            }
            else
            {
                gradients[index] += (cotangent[2] * qubit[0]) - (cotangent[0] * qubit[2])
                    + (cotangent[3] * qubit[1]) - (cotangent[1] * qubit[3]);
                TurnY(qubit, cos, sin);
                TurnY(cotangent, cos, sin);
            }
        }
    }

    /// <summary>Im(a*b) of two complex registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Imaginary(TLanes* a, TLanes* b) => (a[0] * b[1]) - (a[1] * b[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnY(TLanes* qubit, TLanes cos, TLanes sin)
    {
        var (a, b, c, d) = (qubit[0], qubit[1], qubit[2], qubit[3]);
        qubit[0] = TLanes.MultiplyAdd(a, cos, -(c * sin));
        qubit[1] = TLanes.MultiplyAdd(b, cos, -(d * sin));
        qubit[2] = TLanes.MultiplyAdd(c, cos, a * sin);
        qubit[3] = TLanes.MultiplyAdd(d, cos, b * sin);
    }

    /// <summary>Multiplies |0⟩ by cos − i sin and |1⟩ by cos + i sin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnZ(TLanes* qubit, TLanes cos, TLanes sin)
    {
        var (a, b, c, d) = (qubit[0], qubit[1], qubit[2], qubit[3]);
        qubit[0] = TLanes.MultiplyAdd(a, cos, b * sin);
        qubit[1] = TLanes.MultiplyAdd(b, cos, -(a * sin));
        qubit[2] = TLanes.MultiplyAdd(c, cos, -(d * sin));
        qubit[3] = TLanes.MultiplyAdd(d, cos, c * sin);
    }
}
