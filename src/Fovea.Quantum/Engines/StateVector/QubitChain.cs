using System.Numerics;

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
    /// <param name="coefficients">[rotation, 2].</param>
    /// <param name="qubit">[4]: re₀, im₀, re₁, im₁; overwritten.</param>
    public static void Prepare(int[] chain, ExecutionPlan plan, TLanes* coefficients, TLanes* qubit)
    {
        qubit[0] = TLanes.Broadcast(T.One);
        qubit[1] = qubit[2] = qubit[3] = TLanes.Zero;
        foreach (var index in chain)
        {
            var (first, second) = (coefficients[2 * index], coefficients[(2 * index) + 1]);
            if (plan.Rotations[index].IsDiagonal)
                TurnZ(qubit, first, second);
            else
                TurnY(qubit, first, second);
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
            var (first, second) = (coefficients[2 * index], -coefficients[(2 * index) + 1]);
            if (plan.Rotations[index].IsDiagonal)
            {
                gradients[index] += Imaginary(cotangent, qubit) - Imaginary(cotangent + 2, qubit + 2);
                TurnZ(qubit, first, second);
                TurnZ(cotangent, first, second);
            }
            else
            {
                gradients[index] += (cotangent[2] * qubit[0]) - (cotangent[0] * qubit[2])
                    + (cotangent[3] * qubit[1]) - (cotangent[1] * qubit[3]);
                TurnY(qubit, -first, second);
                TurnY(cotangent, -first, second);
            }
        }
    }

    /// <summary>Im(a*b) of two complex registers.</summary>
    private static TLanes Imaginary(TLanes* a, TLanes* b) => (a[0] * b[1]) - (a[1] * b[0]);

    private static void TurnY(TLanes* qubit, TLanes n, TLanes s)
    {
        for (var plane = 0; plane < 2; plane++)
        {
            var zero = TLanes.MultiplyAdd(n, qubit[2 + plane], qubit[plane]);
            var one = TLanes.MultiplyAdd(s, zero, qubit[2 + plane]);
            qubit[plane] = TLanes.MultiplyAdd(n, one, zero);
            qubit[2 + plane] = one;
        }
    }

    /// <summary>Multiplies |0⟩ by cos − i sin and |1⟩ by cos + i sin.</summary>
    private static void TurnZ(TLanes* qubit, TLanes cos, TLanes sin)
    {
        var (a, b, c, d) = (qubit[0], qubit[1], qubit[2], qubit[3]);
        qubit[0] = (a * cos) + (b * sin);
        qubit[1] = (b * cos) - (a * sin);
        qubit[2] = (c * cos) - (d * sin);
        qubit[3] = (d * cos) + (c * sin);
    }
}
