using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Y rotations of one real plane of the state (a Y rotation is a real matrix, so the real and the imaginary plane turn
/// alike). The turn by φ = α/2 is three shears, x += n·y; y += s·x; x += n·y with n = −tan(φ/2) and s = sin φ: three fused
/// operations a pair instead of four, and exactly undone by the negated coefficients. φ is taken modulo π, which only
/// changes the global sign, so |n| ≤ 1.
/// </summary>
internal static unsafe class RotationKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Applies a group to one plane.</summary>
    /// <param name="plane">[slot] of one plane.</param>
    /// <param name="group">The rotations.</param>
    /// <param name="coefficients">[rotation, 2]: n and s.</param>
    public static void Apply(TLanes* plane, RotationGroup group, TLanes* coefficients)
    {
        fixed (int* bases = group.Bases)
        {
            switch (group.Indices.Length)
            {
                case 1: Apply1(plane, group, coefficients, bases); break;
                case 2: Apply2(plane, group, coefficients, bases); break;
                default: Apply3(plane, group, coefficients, bases); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(ref TLanes x, ref TLanes y, TLanes n, TLanes s)
    {
        x = TLanes.MultiplyAdd(n, y, x);
        y = TLanes.MultiplyAdd(s, x, y);
        x = TLanes.MultiplyAdd(n, y, x);
    }

    private static void Apply1(TLanes* plane, RotationGroup group, TLanes* coefficients, int* bases)
    {
        var (n, s) = (coefficients[2 * group.Indices[0]], coefficients[(2 * group.Indices[0]) + 1]);
        nint flip = group.Flips[0];
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            nint p = bases[k];
            var (x, y) = (plane[p], plane[p ^ flip]);
            Turn(ref x, ref y, n, s);
            plane[p] = x;
            plane[p ^ flip] = y;
        }
    }

    private static void Apply2(TLanes* plane, RotationGroup group, TLanes* coefficients, int* bases)
    {
        var (i0, i1) = (2 * group.Indices[0], 2 * group.Indices[1]);
        var (n0, s0) = (coefficients[i0], coefficients[i0 + 1]);
        var (n1, s1) = (coefficients[i1], coefficients[i1 + 1]);
        nint f1 = group.Flips[0], f2 = group.Flips[1], f3 = f1 ^ f2;
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            nint p = bases[k];
            var (x0, x1, x2, x3) = (plane[p], plane[p ^ f1], plane[p ^ f2], plane[p ^ f3]);
            Turn(ref x0, ref x1, n0, s0);
            Turn(ref x2, ref x3, n0, s0);
            Turn(ref x0, ref x2, n1, s1);
            Turn(ref x1, ref x3, n1, s1);
            plane[p] = x0;
            plane[p ^ f1] = x1;
            plane[p ^ f2] = x2;
            plane[p ^ f3] = x3;
        }
    }

    private static void Apply3(TLanes* plane, RotationGroup group, TLanes* coefficients, int* bases)
    {
        var (i0, i1, i2) = (2 * group.Indices[0], 2 * group.Indices[1], 2 * group.Indices[2]);
        var (n0, s0) = (coefficients[i0], coefficients[i0 + 1]);
        var (n1, s1) = (coefficients[i1], coefficients[i1 + 1]);
        var (n2, s2) = (coefficients[i2], coefficients[i2 + 1]);
        nint f1 = group.Flips[0], f2 = group.Flips[1], f4 = group.Flips[2];
        nint f3 = f1 ^ f2, f5 = f1 ^ f4, f6 = f2 ^ f4, f7 = f3 ^ f4;
        var count = group.Bases.Length;
        for (var k = 0; k < count; k++)
        {
            nint p = bases[k];
            var (x0, x1, x2, x3) = (plane[p], plane[p ^ f1], plane[p ^ f2], plane[p ^ f3]);
            var (x4, x5, x6, x7) = (plane[p ^ f4], plane[p ^ f5], plane[p ^ f6], plane[p ^ f7]);
            Turn(ref x0, ref x1, n0, s0);
            Turn(ref x2, ref x3, n0, s0);
            Turn(ref x4, ref x5, n0, s0);
            Turn(ref x6, ref x7, n0, s0);
            Turn(ref x0, ref x2, n1, s1);
            Turn(ref x1, ref x3, n1, s1);
            Turn(ref x4, ref x6, n1, s1);
            Turn(ref x5, ref x7, n1, s1);
            Turn(ref x0, ref x4, n2, s2);
            Turn(ref x1, ref x5, n2, s2);
            Turn(ref x2, ref x6, n2, s2);
            Turn(ref x3, ref x7, n2, s2);
            plane[p] = x0;
            plane[p ^ f1] = x1;
            plane[p ^ f2] = x2;
            plane[p ^ f3] = x3;
            plane[p ^ f4] = x4;
            plane[p ^ f5] = x5;
            plane[p ^ f6] = x6;
            plane[p ^ f7] = x7;
        }
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
/// The two numbers a kernel needs for a rotation by α: for a Y rotation n = −tan(φ/2) and s = sin φ with φ = α/2 taken
/// modulo π; for a diagonal one cos α/2 and sin α/2.
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

    /// <summary>The coefficients from the sine and cosine of α/2.</summary>
    public static (T First, T Second) From<T>(T sin, T cos, bool isDiagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (isDiagonal)
            return (cos, sin);
        if (cos < T.Zero)
            (sin, cos) = (-sin, -cos);
        return (-sin / (T.One + cos), sin);
    }
}
