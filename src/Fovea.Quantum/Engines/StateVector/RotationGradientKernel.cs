using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>Reads the gradients of Y rotations from one plane of ψ and of λ.</summary>
internal static unsafe class RotationGradientKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Adds dE/dα = Im⟨λ|Y|ψ⟩ of every rotation of a group, which for one plane is Σ over pairs of λ₁ψ₀ − λ₀ψ₁. The rotations of a
    /// stage commute, so all can be read at its end.
    /// </summary>
    /// <param name="psi">[slot] of one plane of ψ after the stage.</param>
    /// <param name="lambda">[slot] of the same plane of λ there.</param>
    /// <param name="group">The rotations.</param>
    /// <param name="gradients">[rotation], added to.</param>
    public static void Add(TLanes* psi, TLanes* lambda, RotationGroup group, TLanes* gradients)
    {
        delegate*<byte*, byte*, RotationGroup, TLanes*, int*, void> add = group.Indices.Length switch
        {
            1 => &Add1,
            2 => &Add2,
            3 => &Add3,
            _ => &Add4,
        };
        fixed (int* bases = group.Bases)
            add((byte*)psi, (byte*)lambda, group, gradients, bases);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add1(byte* psi, byte* lambda, RotationGroup group, TLanes* gradients, int* bases)
    {
        Sum s0 = default;
        var flip = Quad<TLanes>.Offset(group.Flips[0]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Quad<TLanes>.Offset(bases[k]);
            s0.Add(Quad<TLanes>.At(psi, p), Quad<TLanes>.At(psi, p ^ flip), Quad<TLanes>.At(lambda, p), Quad<TLanes>.At(lambda, p ^ flip));
        }

        gradients[group.Indices[0]] += s0.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add2(byte* psi, byte* lambda, RotationGroup group, TLanes* gradients, int* bases)
    {
        Sum s0 = default, s1 = default;
        nint f1 = Quad<TLanes>.Offset(group.Flips[0]), f2 = Quad<TLanes>.Offset(group.Flips[1]), f3 = f1 ^ f2;
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Quad<TLanes>.Offset(bases[k]);
            AddWithin(new Quad<TLanes>(psi, p, f1, f2, f3), new Quad<TLanes>(lambda, p, f1, f2, f3), ref s0, ref s1);
        }

        gradients[group.Indices[0]] += s0.Value;
        gradients[group.Indices[1]] += s1.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add3(byte* psi, byte* lambda, RotationGroup group, TLanes* gradients, int* bases)
    {
        Sum s0 = default, s1 = default, s2 = default;
        nint f1 = Quad<TLanes>.Offset(group.Flips[0]), f2 = Quad<TLanes>.Offset(group.Flips[1]), f3 = f1 ^ f2, f4 = Quad<TLanes>.Offset(group.Flips[2]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Quad<TLanes>.Offset(bases[k]);
            var (x, y) = (new Quad<TLanes>(psi, p, f1, f2, f3), new Quad<TLanes>(psi, p ^ f4, f1, f2, f3));
            var (u, v) = (new Quad<TLanes>(lambda, p, f1, f2, f3), new Quad<TLanes>(lambda, p ^ f4, f1, f2, f3));
            AddWithin(x, u, ref s0, ref s1);
            AddWithin(y, v, ref s0, ref s1);
            AddAcross(x, y, u, v, ref s2);
        }

        gradients[group.Indices[0]] += s0.Value;
        gradients[group.Indices[1]] += s1.Value;
        gradients[group.Indices[2]] += s2.Value;
    }

    // ψ in registers and λ from memory: quads that are done with make room for those to come.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add4(byte* psi, byte* lambda, RotationGroup group, TLanes* gradients, int* bases)
    {
        Sum s0 = default, s1 = default, s2 = default, s3 = default;
        nint f1 = Quad<TLanes>.Offset(group.Flips[0]), f2 = Quad<TLanes>.Offset(group.Flips[1]), f3 = f1 ^ f2;
        nint f4 = Quad<TLanes>.Offset(group.Flips[2]), f8 = Quad<TLanes>.Offset(group.Flips[3]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Quad<TLanes>.Offset(bases[k]);
            var (x, u) = (new Quad<TLanes>(psi, p, f1, f2, f3), new Quad<TLanes>(lambda, p, f1, f2, f3));
            AddWithin(x, u, ref s0, ref s1);
            var (y, v) = (new Quad<TLanes>(psi, p ^ f4, f1, f2, f3), new Quad<TLanes>(lambda, p ^ f4, f1, f2, f3));
            AddWithin(y, v, ref s0, ref s1);
            AddAcross(x, y, u, v, ref s2);
            var (z, r) = (new Quad<TLanes>(psi, p ^ f8, f1, f2, f3), new Quad<TLanes>(lambda, p ^ f8, f1, f2, f3));
            AddWithin(z, r, ref s0, ref s1);
            AddAcross(x, z, u, r, ref s3);
            var (w, t) = (new Quad<TLanes>(psi, p ^ f4 ^ f8, f1, f2, f3), new Quad<TLanes>(lambda, p ^ f4 ^ f8, f1, f2, f3));
            AddWithin(w, t, ref s0, ref s1);
            AddAcross(z, w, r, t, ref s2);
            AddAcross(y, w, v, t, ref s3);
        }

        gradients[group.Indices[0]] += s0.Value;
        gradients[group.Indices[1]] += s1.Value;
        gradients[group.Indices[2]] += s2.Value;
        gradients[group.Indices[3]] += s3.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWithin(in Quad<TLanes> x, in Quad<TLanes> u, ref Sum first, ref Sum second)
    {
        first.Add(x.A, x.B, u.A, u.B);
        second.Add(x.A, x.C, u.A, u.C);
        first.Add(x.C, x.D, u.C, u.D);
        second.Add(x.B, x.D, u.B, u.D);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddAcross(in Quad<TLanes> x, in Quad<TLanes> y, in Quad<TLanes> u, in Quad<TLanes> v, ref Sum sum)
    {
        sum.Add(x.A, y.A, u.A, v.A);
        sum.Add(x.B, y.B, u.B, v.B);
        sum.Add(x.C, y.C, u.C, v.C);
        sum.Add(x.D, y.D, u.D, v.D);
    }

    // One rotation's gradient, in two halves: a single sum would wait for itself.
    private struct Sum
    {
        private TLanes _plus;
        private TLanes _minus;

        public readonly TLanes Value => _plus - _minus;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(TLanes x, TLanes y, TLanes u, TLanes v)
        {
            _plus = TLanes.MultiplyAdd(v, x, _plus);
            _minus = TLanes.MultiplyAdd(u, y, _minus);
        }
    }
}
