using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>One diagonal followed by independent Y rotations, ready for the kernels.</summary>
internal sealed class PlanStage
{
    /// <summary>Diagonal rotations by weights and constants, applied as one table of phases a call.</summary>
    public required PauliRotation[] TableTerms
    {
        get;
        init
        {
            field = value;
            HasWeights = Array.Exists(value, term => term.Angle.Source == AngleSource.Weight);
        }
    }

    /// <summary>Coefficient indices of diagonal rotations by inputs, which differ from lane to lane.</summary>
    public required int[] InputPhases { get; init; }

    /// <summary>The Y rotations, grouped for the forward pass.</summary>
    public required RotationGroup[] ForwardGroups { get; init; }

    /// <summary>The same rotations, grouped for the adjoint pass.</summary>
    public required RotationGroup[] AdjointGroups { get; init; }

    /// <summary>Number of this stage's table among those of the plan; −1 without one.</summary>
    public int TableIndex { get; set; } = -1;

    /// <summary>Whether the table depends on weights, so that its gradient is wanted.</summary>
    public bool HasWeights { get; private init; }
}
