using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>What depends on the weights alone, computed once a call in double precision and shared by every block.</summary>
internal sealed class WeightTables<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExecutionPlan _plan;
    private readonly PlanStage[] _stages;
    private readonly double[] _phases;

    /// <summary>Allocates the tables of a plan.</summary>
    public WeightTables(ExecutionPlan plan)
    {
        _plan = plan;
        _stages = plan.TableStages;
        _phases = new double[_stages.Length == 0 ? 0 : plan.OutputSlots.Length];
        Diagonals = [.. _stages.Select(_ => GC.AllocateUninitializedArray<T>(2 * _phases.Length, pinned: true))];
        Coefficients = new T[2 * plan.Rotations.Count];
    }

    /// <summary>[table][slot, 2]: cosine and sine of the phase of each slot; pinned.</summary>
    public T[][] Diagonals { get; }

    /// <summary>[rotation, 2]: coefficients of rotations by weights and constants; those by inputs are left as they are.</summary>
    public T[] Coefficients { get; }

    /// <summary>Recomputes everything.</summary>
    public void Update(ReadOnlySpan<T> weights)
    {
        for (var index = 0; index < _plan.Rotations.Count; index++)
        {
            var rotation = _plan.Rotations[index];
            if (rotation.DiffersBySample)
                continue;
            var (sin, cos) = Math.SinCos(RotationCoefficients.HalfAngle(rotation, weights));
            var (first, second) = RotationCoefficients.From(sin, cos, rotation.IsDiagonal);
            Coefficients[2 * index] = T.CreateTruncating(first);
            Coefficients[(2 * index) + 1] = T.CreateTruncating(second);
        }

        foreach (var stage in _stages)
            UpdateDiagonal(stage, weights);
    }

    /// <summary>Phase of slot p = −Σ_j (α_j/2)(−1)^{parity(p &amp; mask_j)}: a Walsh–Hadamard sum.</summary>
    private void UpdateDiagonal(PlanStage stage, ReadOnlySpan<T> weights)
    {
        Array.Clear(_phases);
        foreach (var term in stage.TableTerms)
            _phases[term.ParityMask] -= RotationCoefficients.HalfAngle(term, weights);
        WalshHadamard.Transform<double>(_phases);
        var table = Diagonals[stage.TableIndex];
        for (var slot = 0; slot < _phases.Length; slot++)
        {
            var (sin, cos) = Math.SinCos(_phases[slot]);
            table[2 * slot] = T.CreateTruncating(cos);
            table[(2 * slot) + 1] = T.CreateTruncating(sin);
        }
    }
}
