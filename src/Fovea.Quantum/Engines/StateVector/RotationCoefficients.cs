using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

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
                RotationCoefficients.AddWeightGradient(rotation, TLanes.WideSum(Gradients[index]), weightGradients);
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
    /// 1/cos φ each, stays below 2⁴⁰. A stage's and the entry's may meet: 2⁸⁰ and its inverse are still far from the ends of single precision.
    /// </summary>
    public static double LargestTangent(int rotations) => Math.Sqrt(Math.Pow(2, 80.0 / rotations) - 1);
}
