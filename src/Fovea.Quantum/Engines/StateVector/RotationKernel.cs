using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Y rotations, which are real matrices, so that the real and the imaginary plane of a state turn alike. The turn takes one of two forms
/// (<see cref="RotationCoefficients"/>): three fused operations a pair, each of which waits for the one before, or two that do not, but
/// for a factor that is made up for elsewhere (<see cref="WeightTables{T}"/>).
/// </summary>
internal static unsafe class RotationKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private interface ITurn
    {
        static abstract void Turn(ref TLanes x, ref TLanes y, TLanes first, TLanes second);
    }

    /// <summary>Applies a group to a state, or its transpose.</summary>
    /// <param name="state">The state.</param>
    /// <param name="group">The rotations.</param>
    /// <param name="coefficients">[rotation, 2].</param>
    /// <param name="byTangents">Whether the coefficients are tangents, so that the state grows by 1/cos φ for each rotation.</param>
    /// <param name="back">Whether to turn by the negative angles.</param>
    [SkipLocalsInit]
    public static void Turn(Planes<TLanes> state, RotationGroup group, TLanes* coefficients, bool byTangents, bool back)
    {
        var own = stackalloc TLanes[2 * RotationGroup.MaxSize];
        for (var k = 0; k < group.Indices.Length; k++)
        {
            var (first, second) = (coefficients[2 * group.Indices[k]], coefficients[(2 * group.Indices[k]) + 1]);
            (own[2 * k], own[(2 * k) + 1]) = back ? (-first, -second) : (first, second);
        }

        if (byTangents)
            Turn<Tangents>(state, group, own);
        else
            Turn<Shears>(state, group, own);
    }

    private static void Turn<TTurn>(Planes<TLanes> state, RotationGroup group, TLanes* own)
        where TTurn : ITurn
    {
        delegate*<byte*, RotationGroup, TLanes*, int*, void> turn = group.Indices.Length switch
        {
            1 => &Turn1<TTurn>,
            2 => &Turn2<TTurn>,
            3 => &Turn3<TTurn>,
            _ => &Turn4<TTurn>,
        };
        fixed (int* bases = group.Bases)
        {
            turn((byte*)state.Re, group, own, bases);
            turn((byte*)state.Im, group, own, bases);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn1<TTurn>(byte* plane, RotationGroup group, TLanes* own, int* bases)
        where TTurn : ITurn
    {
        var (a, b) = (own[0], own[1]);
        var flip = Quad<TLanes>.Offset(group.Flips[0]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Quad<TLanes>.Offset(bases[k]);
            var (x, y) = (Quad<TLanes>.At(plane, p), Quad<TLanes>.At(plane, p ^ flip));
            TTurn.Turn(ref x, ref y, a, b);
            Quad<TLanes>.At(plane, p) = x;
            Quad<TLanes>.At(plane, p ^ flip) = y;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn2<TTurn>(byte* plane, RotationGroup group, TLanes* own, int* bases)
        where TTurn : ITurn
    {
        var (a0, b0, a1, b1) = (own[0], own[1], own[2], own[3]);
        nint f1 = Quad<TLanes>.Offset(group.Flips[0]), f2 = Quad<TLanes>.Offset(group.Flips[1]), f3 = f1 ^ f2;
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Quad<TLanes>.Offset(bases[k]);
            var x = new Quad<TLanes>(plane, p, f1, f2, f3);
            TurnWithin<TTurn>(ref x, a0, b0, a1, b1);
            x.Store(plane, p, f1, f2, f3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn3<TTurn>(byte* plane, RotationGroup group, TLanes* own, int* bases)
        where TTurn : ITurn
    {
        var (a0, b0, a1, b1, a2, b2) = (own[0], own[1], own[2], own[3], own[4], own[5]);
        nint f1 = Quad<TLanes>.Offset(group.Flips[0]), f2 = Quad<TLanes>.Offset(group.Flips[1]), f3 = f1 ^ f2, f4 = Quad<TLanes>.Offset(group.Flips[2]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Quad<TLanes>.Offset(bases[k]);
            var (x, y) = (new Quad<TLanes>(plane, p, f1, f2, f3), new Quad<TLanes>(plane, p ^ f4, f1, f2, f3));
            TurnWithin<TTurn>(ref x, a0, b0, a1, b1);
            TurnWithin<TTurn>(ref y, a0, b0, a1, b1);
            TurnAcross<TTurn>(ref x, ref y, a2, b2);
            x.Store(plane, p, f1, f2, f3);
            y.Store(plane, p ^ f4, f1, f2, f3);
        }
    }

    // Takes 26 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn4<TTurn>(byte* plane, RotationGroup group, TLanes* own, int* bases)
        where TTurn : ITurn
    {
        var (a0, b0, a1, b1) = (own[0], own[1], own[2], own[3]);
        var (a2, b2, a3, b3) = (own[4], own[5], own[6], own[7]);
        nint f1 = Quad<TLanes>.Offset(group.Flips[0]), f2 = Quad<TLanes>.Offset(group.Flips[1]), f3 = f1 ^ f2;
        nint f4 = Quad<TLanes>.Offset(group.Flips[2]), f8 = Quad<TLanes>.Offset(group.Flips[3]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Quad<TLanes>.Offset(bases[k]);
            var (x, y) = (new Quad<TLanes>(plane, p, f1, f2, f3), new Quad<TLanes>(plane, p ^ f4, f1, f2, f3));
            var (z, w) = (new Quad<TLanes>(plane, p ^ f8, f1, f2, f3), new Quad<TLanes>(plane, p ^ f4 ^ f8, f1, f2, f3));
            TurnWithin<TTurn>(ref x, a0, b0, a1, b1);
            TurnWithin<TTurn>(ref y, a0, b0, a1, b1);
            TurnWithin<TTurn>(ref z, a0, b0, a1, b1);
            TurnWithin<TTurn>(ref w, a0, b0, a1, b1);
            TurnAcross<TTurn>(ref x, ref y, a2, b2);
            TurnAcross<TTurn>(ref z, ref w, a2, b2);
            TurnAcross<TTurn>(ref x, ref z, a3, b3);
            TurnAcross<TTurn>(ref y, ref w, a3, b3);
            x.Store(plane, p, f1, f2, f3);
            y.Store(plane, p ^ f4, f1, f2, f3);
            z.Store(plane, p ^ f8, f1, f2, f3);
            w.Store(plane, p ^ f4 ^ f8, f1, f2, f3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnWithin<TTurn>(ref Quad<TLanes> x, TLanes a0, TLanes b0, TLanes a1, TLanes b1)
        where TTurn : ITurn
    {
        TTurn.Turn(ref x.A, ref x.B, a0, b0);
        TTurn.Turn(ref x.C, ref x.D, a0, b0);
        TTurn.Turn(ref x.A, ref x.C, a1, b1);
        TTurn.Turn(ref x.B, ref x.D, a1, b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnAcross<TTurn>(ref Quad<TLanes> x, ref Quad<TLanes> y, TLanes a, TLanes b)
        where TTurn : ITurn
    {
        TTurn.Turn(ref x.A, ref y.A, a, b);
        TTurn.Turn(ref x.B, ref y.B, a, b);
        TTurn.Turn(ref x.C, ref y.C, a, b);
        TTurn.Turn(ref x.D, ref y.D, a, b);
    }

    private readonly struct Shears : ITurn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Turn(ref TLanes x, ref TLanes y, TLanes first, TLanes second)
        {
            x = TLanes.MultiplyAdd(first, y, x);
            y = TLanes.MultiplyAdd(second, x, y);
            x = TLanes.MultiplyAdd(first, y, x);
        }
    }

    private readonly struct Tangents : ITurn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Turn(ref TLanes x, ref TLanes y, TLanes first, TLanes second) =>
            (x, y) = (TLanes.MultiplyAdd(first, y, x), TLanes.MultiplyAdd(second, x, y));
    }
}

/// <summary>Four registers of a plane: the slots p, p ⊕ f1, p ⊕ f2 and p ⊕ f1 ⊕ f2, all as places in bytes.</summary>
internal unsafe struct Quad<TLanes>
    where TLanes : unmanaged
{
    public TLanes A;
    public TLanes B;
    public TLanes C;
    public TLanes D;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Quad(byte* plane, nint p, nint f1, nint f2, nint f3) =>
        (A, B, C, D) = (At(plane, p), At(plane, p ^ f1), At(plane, p ^ f2), At(plane, p ^ f3));

    /// <summary>A slot's, or a mask's, place in bytes: p ⊕ f lies at Offset(p) ⊕ Offset(f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Offset(int slot) => (nint)slot * sizeof(TLanes);

    /// <summary>The register at a place of a plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref TLanes At(byte* plane, nint offset) => ref *(TLanes*)(plane + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(byte* plane, nint p, nint f1, nint f2, nint f3)
    {
        At(plane, p) = A;
        At(plane, p ^ f1) = B;
        At(plane, p ^ f2) = C;
        At(plane, p ^ f3) = D;
    }
}
