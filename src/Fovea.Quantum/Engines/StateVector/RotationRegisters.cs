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
