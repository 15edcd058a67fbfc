using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>Expectation values of any Pauli strings, and λ = Σ_s h_s P_s ψ. Strings of Z share one transform.</summary>
internal static unsafe class PauliKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes ⟨ψ|P|ψ⟩ of every string, without its sign.</summary>
    /// <param name="psi">The final state.</param>
    /// <param name="plan">What is measured.</param>
    /// <param name="scratch">[slot].</param>
    /// <param name="means">[string], overwritten.</param>
    public static void Measure(Planes<TLanes> psi, ObservablePlan plan, TLanes* scratch, TLanes* means)
    {
        var slots = plan.Slots.Length;
        if (plan.DiagonalCount > 0)
        {
            for (nint p = 0; p < slots; p++)
                scratch[p] = TLanes.MultiplyAdd(psi.Re[p], psi.Re[p], psi.Im[p] * psi.Im[p]);
            WalshHadamard.Transform(new Span<TLanes>(scratch, slots));
        }

        for (var s = 0; s < plan.Strings.Length; s++)
        {
            var pauli = plan.Strings[s];
            means[s] = s < plan.DiagonalCount ? scratch[pauli.ParityMask] : Mean(psi, pauli, slots);
        }
    }

    /// <summary>Writes λ = Σ_s cotangents[s]·P_s ψ, each string without its sign.</summary>
    /// <param name="psi">The final state.</param>
    /// <param name="lambda">Overwritten.</param>
    /// <param name="plan">What is measured.</param>
    /// <param name="scratch">[slot].</param>
    /// <param name="cotangents">[string].</param>
    public static void Seed(
        Planes<TLanes> psi, Planes<TLanes> lambda, ObservablePlan plan, TLanes* scratch, TLanes* cotangents)
    {
        var slots = plan.Slots.Length;
        new Span<TLanes>(scratch, slots).Clear();
        if (plan.DiagonalCount > 0)
        {
            for (var s = 0; s < plan.DiagonalCount; s++)
                scratch[plan.Strings[s].ParityMask] = cotangents[s];
            WalshHadamard.Transform(new Span<TLanes>(scratch, slots));
        }

        for (nint p = 0; p < slots; p++)
            (lambda.Re[p], lambda.Im[p]) = (scratch[p] * psi.Re[p], scratch[p] * psi.Im[p]);
        for (var s = plan.DiagonalCount; s < plan.Strings.Length; s++)
            AddFlipped(psi, lambda, plan.Strings[s], slots, cotangents[s]);
    }

    /// <summary>Each pair of slots that the string exchanges gives twice the real part of one of its two terms.</summary>
    private static TLanes Mean(Planes<TLanes> psi, MeasuredString pauli, int slots)
    {
        var sum = TLanes.Zero;
        nint flip = pauli.FlipMask;
        var lowest = flip & -flip;
        for (nint p = 0; p < slots; p++)
        {
            if ((p & lowest) != 0)
                continue;
            var q = p ^ flip;
            var product = pauli.IsImaginary
                ? (psi.Im[q] * psi.Re[p]) - (psi.Re[q] * psi.Im[p])
                : TLanes.MultiplyAdd(psi.Re[q], psi.Re[p], psi.Im[q] * psi.Im[p]);
            sum += IsEven(p, pauli.ParityMask) ? product : -product;
        }

        return sum + sum;
    }

    private static void AddFlipped(
        Planes<TLanes> psi, Planes<TLanes> lambda, MeasuredString pauli, int slots, TLanes cotangent)
    {
        for (nint p = 0; p < slots; p++)
        {
            var q = p ^ pauli.FlipMask;
            var factor = IsEven(p, pauli.ParityMask) ? cotangent : -cotangent;
            if (pauli.IsImaginary)
            {
                lambda.Re[q] -= factor * psi.Im[p];
                lambda.Im[q] += factor * psi.Re[p];
            }
            else
            {
                lambda.Re[q] += factor * psi.Re[p];
                lambda.Im[q] += factor * psi.Im[p];
            }
        }
    }

    private static bool IsEven(nint slot, int mask) => int.IsEvenInteger(BitOperations.PopCount((uint)slot & (uint)mask));
}

/// <summary>
/// exp(−iαP/2) on the slots of memory, where P is Z on every slot bit of <paramref name="ParityMask"/> and, when
/// <paramref name="FlipMask"/> is not zero, the Y that also exchanges slots differing by it. α = <paramref name="Coefficient"/>
/// times the circuit's angle.
/// </summary>
/// <param name="FlipMask">Slot bits exchanged; 0 for a diagonal rotation.</param>
/// <param name="ParityMask">Slot bits whose parity gives the sign; for a Y rotation, the side of a pair.</param>
/// <param name="Angle">The angle of the gate this comes from.</param>
/// <param name="Coefficient">Factor on that angle.</param>
internal readonly record struct PauliRotation(int FlipMask, int ParityMask, Angle Angle, double Coefficient)
{
    /// <summary>Whether this only changes phases.</summary>
    public bool IsDiagonal => FlipMask == 0;

    /// <summary>Whether its angle depends on inputs and so differs from lane to lane.</summary>
    public bool DiffersBySample => Angle.Source is AngleSource.Input or AngleSource.InputProduct;

    /// <summary>Whether it acts on one slot bit alone, as a rotation of one qubit.</summary>
    public bool IsSingleBit => BitOperations.IsPow2(ParityMask) && (IsDiagonal || FlipMask == ParityMask);

    /// <summary>Pauli strings commute when they anticommute on an even number of bits.</summary>
    public bool CommutesWith(PauliRotation other) =>
        int.IsEvenInteger(BitOperations.PopCount((uint)(FlipMask & other.ParityMask))
            + BitOperations.PopCount((uint)(ParityMask & other.FlipMask)));

    /// <summary>Whether two Y rotations act on independent pairs, like rotations of two different qubits.</summary>
    public bool IsIndependentOf(PauliRotation other) =>
        int.IsEvenInteger(BitOperations.PopCount((uint)(FlipMask & other.ParityMask)))
        && int.IsEvenInteger(BitOperations.PopCount((uint)(ParityMask & other.FlipMask)));
}
