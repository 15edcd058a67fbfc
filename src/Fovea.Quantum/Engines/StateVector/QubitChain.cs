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
        var state = new Qubit { Re0 = start };
        foreach (var index in chain)
        {
            var (cos, sin) = (coefficients[2 * index], coefficients[(2 * index) + 1]);
            if (plan.Rotations[index].IsDiagonal)
                state.TurnZ(cos, sin);
            else
                state.TurnY(cos, sin);
        }

        *(Qubit*)qubit = state;
    }

    /// <summary>
    /// Undoes the chain on the qubit and on its cotangent (λ contracted with all the other qubits) and adds dE/dα of each
    /// rotation.
    /// </summary>
    public static void Undo(
        int[] chain, ExecutionPlan plan, TLanes* coefficients, TLanes* qubit, TLanes* cotangent, TLanes* gradients)
    {
        var (state, lambda) = (*(Qubit*)qubit, *(Qubit*)cotangent);
        for (var k = chain.Length - 1; k >= 0; k--)
        {
            var index = chain[k];
            var (cos, sin) = (coefficients[2 * index], -coefficients[(2 * index) + 1]);
            if (plan.Rotations[index].IsDiagonal)
            {
                gradients[index] += (lambda.Re0 * state.Im0) - (lambda.Im0 * state.Re0)
                    - ((lambda.Re1 * state.Im1) - (lambda.Im1 * state.Re1));
                state.TurnZ(cos, sin);
                lambda.TurnZ(cos, sin);
            }
            else
            {
                gradients[index] += (lambda.Re1 * state.Re0) - (lambda.Re0 * state.Re1)
                    + (lambda.Im1 * state.Im0) - (lambda.Im0 * state.Im1);
                state.TurnY(cos, sin);
                lambda.TurnY(cos, sin);
            }
        }
    }

    private struct Qubit
    {
        public TLanes Re0;
        public TLanes Im0;
        public TLanes Re1;
        public TLanes Im1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void TurnY(TLanes cos, TLanes sin)
        {
            (Re0, Re1) = (TLanes.MultiplyAdd(Re0, cos, -(Re1 * sin)), TLanes.MultiplyAdd(Re1, cos, Re0 * sin));
            (Im0, Im1) = (TLanes.MultiplyAdd(Im0, cos, -(Im1 * sin)), TLanes.MultiplyAdd(Im1, cos, Im0 * sin));
        }

        // |0⟩ times cos − i sin, |1⟩ times cos + i sin.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void TurnZ(TLanes cos, TLanes sin)
        {
            (Re0, Im0) = (TLanes.MultiplyAdd(Re0, cos, Im0 * sin), TLanes.MultiplyAdd(Im0, cos, -(Re0 * sin)));
            (Re1, Im1) = (TLanes.MultiplyAdd(Re1, cos, -(Im1 * sin)), TLanes.MultiplyAdd(Im1, cos, Re1 * sin));
        }
    }
}
