using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Y rotations of one real plane of the state (a Y rotation is a real matrix, so the real and the imaginary plane turn alike), and
/// the gradients of their angles. The turn takes one of two forms (<see cref="RotationCoefficients"/>): three fused operations a pair, each
/// of which waits for the one before, or two that do not, but for a factor that is made up for elsewhere (<see cref="WeightTables{T}"/>).
/// </summary>
internal static unsafe class RotationKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private interface ITurn
    {
        static abstract void Turn(ref TLanes x, ref TLanes y, TLanes first, TLanes second);
    }

    /// <summary>Applies a group to one plane, or its transpose.</summary>
    /// <param name="plane">[slot] of one plane.</param>
    /// <param name="group">The rotations.</param>
    /// <param name="coefficients">[rotation, 2].</param>
    /// <param name="byTangents">Whether the coefficients are tangents, so that the plane grows by 1/cos φ for each rotation.</param>
    /// <param name="back">Whether to turn by the negative angles.</param>
    public static void Turn(TLanes* plane, RotationGroup group, TLanes* coefficients, bool byTangents, bool back)
    {
        var own = stackalloc TLanes[2 * RotationGroup.MaxSize];
        for (var k = 0; k < group.Indices.Length; k++)
        {
            var (first, second) = (coefficients[2 * group.Indices[k]], coefficients[(2 * group.Indices[k]) + 1]);
            (own[2 * k], own[(2 * k) + 1]) = back ? (-first, -second) : (first, second);
        }

        if (byTangents)
            Turn<Tangents>((byte*)plane, group, own);
        else
            Turn<Shears>((byte*)plane, group, own);
    }

    /// <summary>
    /// Adds dE/dα = Im⟨λ|Y|ψ⟩ of every rotation of a group, which for one plane is Σ over pairs of λ₁ψ₀ − λ₀ψ₁. The rotations of a
    /// stage commute, so all can be read at its end.
    /// </summary>
    /// <param name="psi">[slot] of one plane of ψ after the stage.</param>
    /// <param name="lambda">[slot] of the same plane of λ there.</param>
    /// <param name="group">The rotations.</param>
    /// <param name="gradients">[rotation], added to.</param>
    public static void AddGradients(TLanes* psi, TLanes* lambda, RotationGroup group, TLanes* gradients)
    {
        fixed (int* bases = group.Bases)
        {
            switch (group.Indices.Length)
            {
                case 1: AddGradients1((byte*)psi, (byte*)lambda, group, gradients, bases); break;
                case 2: AddGradients2((byte*)psi, (byte*)lambda, group, gradients, bases); break;
                case 3: AddGradients3((byte*)psi, (byte*)lambda, group, gradients, bases); break;
                default: AddGradients4((byte*)psi, (byte*)lambda, group, gradients, bases); break;
            }
        }
    }

    private static void Turn<TTurn>(byte* plane, RotationGroup group, TLanes* own)
        where TTurn : ITurn
    {
        fixed (int* bases = group.Bases)
        {
            switch (group.Indices.Length)
            {
                case 1: Turn1<TTurn>(plane, group, own, bases); break;
                case 2: Turn2<TTurn>(plane, group, own, bases); break;
                case 3: Turn3<TTurn>(plane, group, own, bases); break;
                default: Turn4<TTurn>(plane, group, own, bases); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn1<TTurn>(byte* plane, RotationGroup group, TLanes* own, int* bases)
        where TTurn : ITurn
    {
        var (a, b) = (own[0], own[1]);
        var flip = Offset(group.Flips[0]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Offset(bases[k]);
            var (x, y) = (At(plane, p), At(plane, p ^ flip));
            TTurn.Turn(ref x, ref y, a, b);
            At(plane, p) = x;
            At(plane, p ^ flip) = y;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn2<TTurn>(byte* plane, RotationGroup group, TLanes* own, int* bases)
        where TTurn : ITurn
    {
        var (a0, b0, a1, b1) = (own[0], own[1], own[2], own[3]);
        nint f1 = Offset(group.Flips[0]), f2 = Offset(group.Flips[1]), f3 = f1 ^ f2;
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Offset(bases[k]);
            var x = new Quad(plane, p, f1, f2, f3);
            TurnWithin<TTurn>(ref x, a0, b0, a1, b1);
            x.Store(plane, p, f1, f2, f3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn3<TTurn>(byte* plane, RotationGroup group, TLanes* own, int* bases)
        where TTurn : ITurn
    {
        var (a0, b0, a1, b1, a2, b2) = (own[0], own[1], own[2], own[3], own[4], own[5]);
        nint f1 = Offset(group.Flips[0]), f2 = Offset(group.Flips[1]), f3 = f1 ^ f2, f4 = Offset(group.Flips[2]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Offset(bases[k]);
            var (x, y) = (new Quad(plane, p, f1, f2, f3), new Quad(plane, p ^ f4, f1, f2, f3));
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
        nint f1 = Offset(group.Flips[0]), f2 = Offset(group.Flips[1]), f3 = f1 ^ f2;
        nint f4 = Offset(group.Flips[2]), f8 = Offset(group.Flips[3]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Offset(bases[k]);
            var (x, y) = (new Quad(plane, p, f1, f2, f3), new Quad(plane, p ^ f4, f1, f2, f3));
            var (z, w) = (new Quad(plane, p ^ f8, f1, f2, f3), new Quad(plane, p ^ f4 ^ f8, f1, f2, f3));
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddGradients1(byte* psi, byte* lambda, RotationGroup group, TLanes* gradients, int* bases)
    {
        Sum s0 = default;
        var flip = Offset(group.Flips[0]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Offset(bases[k]);
            s0.Add(At(psi, p), At(psi, p ^ flip), At(lambda, p), At(lambda, p ^ flip));
        }

        gradients[group.Indices[0]] += s0.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddGradients2(byte* psi, byte* lambda, RotationGroup group, TLanes* gradients, int* bases)
    {
        Sum s0 = default, s1 = default;
        nint f1 = Offset(group.Flips[0]), f2 = Offset(group.Flips[1]), f3 = f1 ^ f2;
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Offset(bases[k]);
            AddWithin(new Quad(psi, p, f1, f2, f3), new Quad(lambda, p, f1, f2, f3), ref s0, ref s1);
        }

        gradients[group.Indices[0]] += s0.Value;
        gradients[group.Indices[1]] += s1.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddGradients3(byte* psi, byte* lambda, RotationGroup group, TLanes* gradients, int* bases)
    {
        Sum s0 = default, s1 = default, s2 = default;
        nint f1 = Offset(group.Flips[0]), f2 = Offset(group.Flips[1]), f3 = f1 ^ f2, f4 = Offset(group.Flips[2]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Offset(bases[k]);
            var (x, y) = (new Quad(psi, p, f1, f2, f3), new Quad(psi, p ^ f4, f1, f2, f3));
            var (u, v) = (new Quad(lambda, p, f1, f2, f3), new Quad(lambda, p ^ f4, f1, f2, f3));
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
    private static void AddGradients4(byte* psi, byte* lambda, RotationGroup group, TLanes* gradients, int* bases)
    {
        Sum s0 = default, s1 = default, s2 = default, s3 = default;
        nint f1 = Offset(group.Flips[0]), f2 = Offset(group.Flips[1]), f3 = f1 ^ f2;
        nint f4 = Offset(group.Flips[2]), f8 = Offset(group.Flips[3]);
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            var p = Offset(bases[k]);
            var (x, u) = (new Quad(psi, p, f1, f2, f3), new Quad(lambda, p, f1, f2, f3));
            AddWithin(x, u, ref s0, ref s1);
            var (y, v) = (new Quad(psi, p ^ f4, f1, f2, f3), new Quad(lambda, p ^ f4, f1, f2, f3));
            AddWithin(y, v, ref s0, ref s1);
            AddAcross(x, y, u, v, ref s2);
            var (z, r) = (new Quad(psi, p ^ f8, f1, f2, f3), new Quad(lambda, p ^ f8, f1, f2, f3));
            AddWithin(z, r, ref s0, ref s1);
            AddAcross(x, z, u, r, ref s3);
            var (w, t) = (new Quad(psi, p ^ f4 ^ f8, f1, f2, f3), new Quad(lambda, p ^ f4 ^ f8, f1, f2, f3));
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
    private static void TurnWithin<TTurn>(ref Quad x, TLanes a0, TLanes b0, TLanes a1, TLanes b1)
        where TTurn : ITurn
    {
        TTurn.Turn(ref x.A, ref x.B, a0, b0);
        TTurn.Turn(ref x.C, ref x.D, a0, b0);
        TTurn.Turn(ref x.A, ref x.C, a1, b1);
        TTurn.Turn(ref x.B, ref x.D, a1, b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnAcross<TTurn>(ref Quad x, ref Quad y, TLanes a, TLanes b)
        where TTurn : ITurn
    {
        TTurn.Turn(ref x.A, ref y.A, a, b);
        TTurn.Turn(ref x.B, ref y.B, a, b);
        TTurn.Turn(ref x.C, ref y.C, a, b);
        TTurn.Turn(ref x.D, ref y.D, a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWithin(in Quad x, in Quad u, ref Sum first, ref Sum second)
    {
        first.Add(x.A, x.B, u.A, u.B);
        second.Add(x.A, x.C, u.A, u.C);
        first.Add(x.C, x.D, u.C, u.D);
        second.Add(x.B, x.D, u.B, u.D);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddAcross(in Quad x, in Quad y, in Quad u, in Quad v, ref Sum sum)
    {
        sum.Add(x.A, y.A, u.A, v.A);
        sum.Add(x.B, y.B, u.B, v.B);
        sum.Add(x.C, y.C, u.C, v.C);
        sum.Add(x.D, y.D, u.D, v.D);
    }

    // A slot's place in bytes; slots that differ by a mask lie at offsets that differ by Offset(mask).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Offset(int slot) => (nint)slot * sizeof(TLanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TLanes At(byte* plane, nint offset) => ref *(TLanes*)(plane + offset);

    // The slots p, p ^ f1, p ^ f2 and p ^ f1 ^ f2 of a plane.
    private struct Quad
    {
        public TLanes A;
        public TLanes B;
        public TLanes C;
        public TLanes D;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Quad(byte* plane, nint p, nint f1, nint f2, nint f3) =>
            (A, B, C, D) = (At(plane, p), At(plane, p ^ f1), At(plane, p ^ f2), At(plane, p ^ f3));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(byte* plane, nint p, nint f1, nint f2, nint f3)
        {
            At(plane, p) = A;
            At(plane, p ^ f1) = B;
            At(plane, p ^ f2) = C;
            At(plane, p ^ f3) = D;
        }
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

/// <summary>The coefficients of a plan's rotations in every lane and the gradients collected for them.</summary>
internal sealed unsafe class RotationRegisters<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExecutionPlan _plan;

    /// <summary>Takes the registers of a plan from a worker's memory.</summary>
    public RotationRegisters(ExecutionPlan plan, LaneMemory<TLanes> memory)
    {
        _plan = plan;
        Coefficients = memory.Take(2 * plan.Rotations.Count);
        Gradients = memory.Take(plan.Rotations.Count);
    }

    /// <summary>[rotation, 2]: see <see cref="RotationCoefficients"/>.</summary>
    public TLanes* Coefficients { get; }

    /// <summary>[rotation]: dE/dα, summed over the blocks of a chunk for weights, one block's for inputs.</summary>
    public TLanes* Gradients { get; }

    /// <summary>The sum of a register's lanes in double precision.</summary>
    public static double LaneSum(TLanes* register)
    {
        var sum = 0.0;
        for (var lane = 0; lane < sizeof(TLanes) / sizeof(T); lane++)
            sum += double.CreateTruncating(((T*)register)[lane]);
        return sum;
    }

    /// <summary>Takes over the weights' coefficients, [rotation, 2]; those by inputs are overwritten block by block.</summary>
    public void LoadWeights(ReadOnlySpan<T> coefficients)
    {
        for (var i = 0; i < coefficients.Length; i++)
            Coefficients[i] = TLanes.Broadcast(coefficients[i]);
    }

    /// <summary>Starts a chunk: no gradients yet.</summary>
    public void ClearGradients() => new Span<TLanes>(Gradients, _plan.Rotations.Count).Clear();

    /// <summary>Adds the lanes' sums to the gradients by weights, [weights].</summary>
    public void AddWeightGradients(Span<double> weightGradients)
    {
        for (var index = 0; index < _plan.Rotations.Count; index++)
        {
            var rotation = _plan.Rotations[index];
            if (rotation.Angle.Source == AngleSource.Weight)
                RotationCoefficients.AddWeightGradient(rotation, LaneSum(Gradients + index), weightGradients);
        }
    }
}

/// <summary>
/// The two numbers a kernel needs for a rotation by α. With φ = α/2 taken modulo π, which only changes the global sign, a Y rotation is
/// <list type="bullet">
/// <item>by shears: x += n·y; y += s·x; x += n·y with n = −tan(φ/2) and s = sin φ, so that |n| ≤ 1; or</item>
/// <item>by tangents: x, y = x − t·y, y + t·x with t = tan φ, which is the turn divided by cos φ.</item>
/// </list>
/// A diagonal rotation, and one of the entry state's qubits, is cos α/2 and sin α/2.
/// </summary>
internal static class RotationCoefficients
{
    /// <summary>α over two, as a factor on the weight or input (for a constant, α/2 itself).</summary>
    public static double HalfScale(PauliRotation rotation) => 0.5 * rotation.Coefficient * rotation.Angle.Scale;

    /// <summary>Half of α for a rotation by a weight or a constant.</summary>
    public static double HalfAngle<T>(PauliRotation rotation, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        rotation.Angle.Source == AngleSource.Weight
            ? HalfScale(rotation) * double.CreateTruncating(weights[rotation.Angle.Index])
            : HalfScale(rotation);

    /// <summary>Adds what dE/dα of one rotation means for the weight its angle comes from.</summary>
    public static void AddWeightGradient(PauliRotation rotation, double value, Span<double> weightGradients) =>
        weightGradients[rotation.Angle.Index] += 2 * HalfScale(rotation) * value;

    /// <summary>The coefficients of shears, from the sine and cosine of α/2.</summary>
    public static (T First, T Second) Shears<T>(T sin, T cos)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (cos < T.Zero)
            (sin, cos) = (-sin, -cos);
        return (-sin / (T.One + cos), sin);
    }

    /// <summary>
    /// The largest tangent that may be used where <paramref name="rotations"/> of them come together, so that what they make of a state,
    /// 1/cos φ each, stays below 2⁶⁰ and its inverse far from the smallest single-precision numbers.
    /// </summary>
    public static double LargestTangent(int rotations) => Math.Sqrt(Math.Pow(2, 120.0 / rotations) - 1);
}
