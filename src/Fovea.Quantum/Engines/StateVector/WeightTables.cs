using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// What depends on the weights alone, computed once a call in double precision and shared by every block. Y rotations go by tangents
/// where these are not too large; the factors that this leaves out are taken into the stage's table, or, where it has none and ψ is not
/// undone on the way back, into the state at the entry.
/// </summary>
internal sealed class WeightTables<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExecutionPlan _plan;
    private readonly PlanStage[] _stages;
    private readonly bool _scalesEntry;
    private readonly int _withoutTable;
    private readonly double[] _phases;

    /// <summary>Allocates the tables of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scalesEntry">Whether the state at the entry is multiplied by <see cref="EntryScale"/>, and no ψ is undone.</param>
    public WeightTables(ExecutionPlan plan, bool scalesEntry)
    {
        _plan = plan;
        _scalesEntry = scalesEntry;
        _stages = plan.TableStages;
        _withoutTable = plan.Stages.Where(stage => stage.TableIndex < 0).Sum(stage => stage.SharedRotations);
        _phases = new double[_stages.Length == 0 ? 0 : plan.OutputSlots.Length];
        Diagonals = [.. _stages.Select(_ => GC.AllocateUninitializedArray<T>(2 * _phases.Length, pinned: true))];
        Coefficients = new T[2 * plan.Rotations.Count];
        ByTangents = new bool[plan.GroupCount];
    }

    /// <summary>[table][slot, 2]: the factor of each slot, a phase times what the stage's rotations leave out; pinned.</summary>
    public T[][] Diagonals { get; }

    /// <summary>[rotation, 2]: coefficients of rotations by weights and constants; those by inputs are left as they are.</summary>
    public T[] Coefficients { get; }

    /// <summary>[group]: whether the group's coefficients are tangents.</summary>
    public bool[] ByTangents { get; }

    /// <summary>The factor that stages without a table leave to the entry state; 1 where it is not scaled.</summary>
    public double EntryScale { get; private set; } = 1;

    /// <summary>Recomputes everything.</summary>
    public void Update(ReadOnlySpan<T> weights)
    {
        for (var index = 0; index < _plan.Rotations.Count; index++)
        {
            var rotation = _plan.Rotations[index];
            if (rotation.DiffersBySample)
                continue;
            var (sin, cos) = Math.SinCos(RotationCoefficients.HalfAngle(rotation, weights));
            Set(index, _plan.TurnsStates(index) ? RotationCoefficients.Shears(sin, cos) : (cos, sin));
        }

        EntryScale = 1;
        foreach (var stage in _plan.Stages)
        {
            if (stage.TableIndex >= 0)
                UpdateDiagonal(stage, weights, TakeTangents(stage, stage.SharedRotations, weights));
            else if (_scalesEntry)
                EntryScale *= TakeTangents(stage, _withoutTable, weights);
        }
    }

    /// <summary>Gives a stage's groups tangents where all of a group's are small enough; returns the product of cosines to make up for.</summary>
    private double TakeTangents(PlanStage stage, int together, ReadOnlySpan<T> weights)
    {
        var largest = RotationCoefficients.LargestTangent(together);
        var scale = 1.0;
        foreach (var group in stage.Groups)
        {
            if (group.DiffersBySample)
                continue;
            var byTangents = true;
            foreach (var index in group.Indices)
                byTangents &= Math.Abs(Tangent(index, weights)) <= largest;
            ByTangents[group.Number] = byTangents;
            if (!byTangents)
                continue;
            foreach (var index in group.Indices)
            {
                // The cosine of the tangent as rounded, so that the turn keeps the norm.
                var tangent = T.CreateTruncating(Tangent(index, weights));
                Set(index, (double.CreateTruncating(-tangent), double.CreateTruncating(tangent)));
                scale /= Math.Sqrt(1 + (double.CreateTruncating(tangent) * double.CreateTruncating(tangent)));
            }
        }

        return scale;
    }

    private double Tangent(int index, ReadOnlySpan<T> weights) => Math.Tan(RotationCoefficients.HalfAngle(_plan.Rotations[index], weights));

    private void Set(int index, (double First, double Second) coefficients)
    {
        Coefficients[2 * index] = T.CreateTruncating(coefficients.First);
        Coefficients[(2 * index) + 1] = T.CreateTruncating(coefficients.Second);
    }

    /// <summary>Phase of slot p = −Σ_j (α_j/2)(−1)^{parity(p &amp; mask_j)}: a Walsh–Hadamard sum.</summary>
    private void UpdateDiagonal(PlanStage stage, ReadOnlySpan<T> weights, double scale)
    {
        Array.Clear(_phases);
        foreach (var term in stage.TableTerms)
            _phases[term.ParityMask] -= RotationCoefficients.HalfAngle(term, weights);
        WalshHadamard.Transform<double>(_phases);
        var table = Diagonals[stage.TableIndex];
        for (var slot = 0; slot < _phases.Length; slot++)
        {
            var (sin, cos) = Math.SinCos(_phases[slot]);
            table[2 * slot] = T.CreateTruncating(scale * cos);
            table[(2 * slot) + 1] = T.CreateTruncating(scale * sin);
        }
    }
}
