using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Undoes Y rotations on one plane of ψ and λ and reads their gradients on the way: dE/dα = Im⟨λ|Y|ψ⟩, which for one
/// plane is Σ over pairs of λ₁ψ₀ − λ₀ψ₁. The rotations of a group commute, so each may be read before or after the
/// others are undone.
/// </summary>
internal static unsafe class RotationAdjointKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Undoes a group on one plane and adds to its gradients.</summary>
    /// <param name="psi">[slot] of one plane of ψ.</param>
    /// <param name="lambda">[slot] of the same plane of λ.</param>
    /// <param name="group">The rotations.</param>
    /// <param name="coefficients">[rotation, 2]: n and s of the forward turn.</param>
    /// <param name="gradients">[rotation]: dE/dα is added.</param>
    public static void Undo(TLanes* psi, TLanes* lambda, RotationGroup group, TLanes* coefficients, TLanes* gradients)
    {
        fixed (int* bases = group.Bases)
        {
            switch (group.Indices.Length)
            {
                case 1: Undo1(psi, lambda, group, coefficients, gradients, bases); break;
                case 2: Undo2(psi, lambda, group, coefficients, gradients, bases); break;
                default: Undo3(psi, lambda, group, coefficients, gradients, bases); break;
            }
        }
    }

    /// <summary>Reads λ₁ψ₀ − λ₀ψ₁ into two sums and turns both pairs back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        ref TLanes x, ref TLanes y, ref TLanes u, ref TLanes v, TLanes n, TLanes s, ref TLanes plus, ref TLanes minus)
    {
        plus = TLanes.MultiplyAdd(v, x, plus);
        minus = TLanes.MultiplyAdd(u, y, minus);
        x = TLanes.MultiplyAdd(n, y, x);
        u = TLanes.MultiplyAdd(n, v, u);
        y = TLanes.MultiplyAdd(s, x, y);
        v = TLanes.MultiplyAdd(s, u, v);
        x = TLanes.MultiplyAdd(n, y, x);
        u = TLanes.MultiplyAdd(n, v, u);
    }

    private static void Undo1(
        TLanes* psi, TLanes* lambda, RotationGroup group, TLanes* coefficients, TLanes* gradients, int* bases)
    {
        var i0 = group.Indices[0];
        var (n0, s0) = (-coefficients[2 * i0], -coefficients[(2 * i0) + 1]);
        var (plus, minus) = (TLanes.Zero, TLanes.Zero);
        nint f1 = group.Flips[0];
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            nint p = bases[k];
            var (x0, x1) = (psi[p], psi[p ^ f1]);
            var (u0, u1) = (lambda[p], lambda[p ^ f1]);
            Turn(ref x0, ref x1, ref u0, ref u1, n0, s0, ref plus, ref minus);
            psi[p] = x0;
            psi[p ^ f1] = x1;
            lambda[p] = u0;
            lambda[p ^ f1] = u1;
        }

        gradients[i0] += plus - minus;
    }

    private static void Undo2(
        TLanes* psi, TLanes* lambda, RotationGroup group, TLanes* coefficients, TLanes* gradients, int* bases)
    {
        var (i0, i1) = (group.Indices[0], group.Indices[1]);
        var (n0, s0) = (-coefficients[2 * i0], -coefficients[(2 * i0) + 1]);
        var (n1, s1) = (-coefficients[2 * i1], -coefficients[(2 * i1) + 1]);
        var (plus0, minus0, plus1, minus1) = (TLanes.Zero, TLanes.Zero, TLanes.Zero, TLanes.Zero);
        nint f1 = group.Flips[0], f2 = group.Flips[1], f3 = f1 ^ f2;
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            nint p = bases[k];
            var (x0, x1, x2, x3) = (psi[p], psi[p ^ f1], psi[p ^ f2], psi[p ^ f3]);
            var (u0, u1, u2, u3) = (lambda[p], lambda[p ^ f1], lambda[p ^ f2], lambda[p ^ f3]);
            Turn(ref x0, ref x1, ref u0, ref u1, n0, s0, ref plus0, ref minus0);
            Turn(ref x2, ref x3, ref u2, ref u3, n0, s0, ref plus0, ref minus0);
            Turn(ref x0, ref x2, ref u0, ref u2, n1, s1, ref plus1, ref minus1);
            Turn(ref x1, ref x3, ref u1, ref u3, n1, s1, ref plus1, ref minus1);
            psi[p] = x0;
            psi[p ^ f1] = x1;
            psi[p ^ f2] = x2;
            psi[p ^ f3] = x3;
            lambda[p] = u0;
            lambda[p ^ f1] = u1;
            lambda[p ^ f2] = u2;
            lambda[p ^ f3] = u3;
        }

        gradients[i0] += plus0 - minus0;
        gradients[i1] += plus1 - minus1;
    }

    private static void Undo3(
        TLanes* psi, TLanes* lambda, RotationGroup group, TLanes* coefficients, TLanes* gradients, int* bases)
    {
        var (i0, i1, i2) = (group.Indices[0], group.Indices[1], group.Indices[2]);
        var (n0, s0) = (-coefficients[2 * i0], -coefficients[(2 * i0) + 1]);
        var (n1, s1) = (-coefficients[2 * i1], -coefficients[(2 * i1) + 1]);
        var (n2, s2) = (-coefficients[2 * i2], -coefficients[(2 * i2) + 1]);
        var (plus0, plus1, plus2) = (TLanes.Zero, TLanes.Zero, TLanes.Zero);
        var (minus0, minus1, minus2) = (TLanes.Zero, TLanes.Zero, TLanes.Zero);
        nint f1 = group.Flips[0], f2 = group.Flips[1], f4 = group.Flips[2];
        nint f3 = f1 ^ f2, f5 = f1 ^ f4, f6 = f2 ^ f4, f7 = f3 ^ f4;
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            nint p = bases[k];
            var (x0, x1, x2, x3) = (psi[p], psi[p ^ f1], psi[p ^ f2], psi[p ^ f3]);
            var (x4, x5, x6, x7) = (psi[p ^ f4], psi[p ^ f5], psi[p ^ f6], psi[p ^ f7]);
            var (u0, u1, u2, u3) = (lambda[p], lambda[p ^ f1], lambda[p ^ f2], lambda[p ^ f3]);
            var (u4, u5, u6, u7) = (lambda[p ^ f4], lambda[p ^ f5], lambda[p ^ f6], lambda[p ^ f7]);
            Turn(ref x0, ref x1, ref u0, ref u1, n0, s0, ref plus0, ref minus0);
            Turn(ref x2, ref x3, ref u2, ref u3, n0, s0, ref plus0, ref minus0);
            Turn(ref x4, ref x5, ref u4, ref u5, n0, s0, ref plus0, ref minus0);
            Turn(ref x6, ref x7, ref u6, ref u7, n0, s0, ref plus0, ref minus0);
            Turn(ref x0, ref x2, ref u0, ref u2, n1, s1, ref plus1, ref minus1);
            Turn(ref x1, ref x3, ref u1, ref u3, n1, s1, ref plus1, ref minus1);
            Turn(ref x4, ref x6, ref u4, ref u6, n1, s1, ref plus1, ref minus1);
            Turn(ref x5, ref x7, ref u5, ref u7, n1, s1, ref plus1, ref minus1);
            Turn(ref x0, ref x4, ref u0, ref u4, n2, s2, ref plus2, ref minus2);
            Turn(ref x1, ref x5, ref u1, ref u5, n2, s2, ref plus2, ref minus2);
            Turn(ref x2, ref x6, ref u2, ref u6, n2, s2, ref plus2, ref minus2);
            Turn(ref x3, ref x7, ref u3, ref u7, n2, s2, ref plus2, ref minus2);
            psi[p] = x0;
            psi[p ^ f1] = x1;
            psi[p ^ f2] = x2;
            psi[p ^ f3] = x3;
            psi[p ^ f4] = x4;
            psi[p ^ f5] = x5;
            psi[p ^ f6] = x6;
            psi[p ^ f7] = x7;
            lambda[p] = u0;
            lambda[p ^ f1] = u1;
            lambda[p ^ f2] = u2;
            lambda[p ^ f3] = u3;
            lambda[p ^ f4] = u4;
            lambda[p ^ f5] = u5;
            lambda[p ^ f6] = u6;
            lambda[p ^ f7] = u7;
        }

        gradients[i0] += plus0 - minus0;
        gradients[i1] += plus1 - minus1;
        gradients[i2] += plus2 - minus2;
    }
}
