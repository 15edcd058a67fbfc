using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>A circuit compiled for the block kernels; immutable and independent of the number type.</summary>
internal sealed class ExecutionPlan
{
    private readonly List<PauliRotation> _rotations = [];

    /// <summary>Compiles a circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="adjointGroupSize">Most Y rotations undone in one pass over ψ and λ: as many as fit the registers.</param>
    /// <param name="inputsAlone">
    /// Whether the chains end with their last input, so that the stages hold all that the whole batch shares.
    /// </param>
    public ExecutionPlan(Circuit circuit, int adjointGroupSize, bool inputsAlone = false)
    {
        Circuit = circuit;
        var lowering = GateLowering.Lower(circuit);
        Observables = new ObservablePlan(circuit.Observables, lowering.Frame, circuit.WireCount);
        var schedule = new Schedule(
            circuit.WireCount, lowering.Rotations, circuit.Preparation == StatePreparation.Zero, Observables.SeesPhases);
        if (inputsAlone)
            schedule = schedule.LeaveOnlyInputsInChains();
        Chains = [.. schedule.Chains.Select(chain => chain.Select(Register).ToArray())];
        Stages = [.. schedule.Stages.Select(stage => Compile(stage, adjointGroupSize))];
        TableStages = [.. Stages.Where(stage => stage.TableTerms.Length > 0)];
        for (var table = 0; table < TableStages.Length; table++)
            TableStages[table].TableIndex = table;
    }

    /// <summary>The circuit this was compiled from.</summary>
    public Circuit Circuit { get; }

    /// <summary>
    /// Every rotation that is applied with coefficients of its own; its number here is its coefficient index. Diagonal
    /// rotations by weights and constants outside the chains are in the stages' tables instead.
    /// </summary>
    public IReadOnlyList<PauliRotation> Rotations => _rotations;

    /// <summary>About as many registers as a runner takes beside those for whole states.</summary>
    public int SmallRegisters => (3 * Rotations.Count) + (2 * Circuit.InputCount) + (8 * Circuit.WireCount)
        + Observables.Strings.Length + Observables.Terms.Length + (32 << ((Circuit.WireCount + 1) / 2));

    /// <summary>Coefficient indices of the rotations that make each qubit of the entry state, by slot bit.</summary>
    public int[][] Chains { get; }

    /// <summary>The stages in time order.</summary>
    public PlanStage[] Stages { get; }

    /// <summary>The stages that have a diagonal table.</summary>
    public PlanStage[] TableStages { get; }

    /// <summary>The slot of each logical basis index at the end.</summary>
    public int[] OutputSlots => Observables.Slots;

    /// <summary>What is measured at the end.</summary>
    public ObservablePlan Observables { get; }

    private int Register(PauliRotation rotation)
    {
        _rotations.Add(rotation);
        return _rotations.Count - 1;
    }

    private PlanStage Compile(Schedule.Stage stage, int adjointGroupSize)
    {
        var rotations = stage.Rotations.Select(rotation => (rotation, Register(rotation))).ToArray();
        return new PlanStage
        {
            TableTerms = [.. stage.Diagonals.Where(term => !term.DiffersBySample)],
            InputPhases = [.. stage.Diagonals.Where(term => term.DiffersBySample).Select(Register)],
            ForwardGroups = Groups(rotations, RotationGroup.MaxSize),
            AdjointGroups = Groups(rotations, adjointGroupSize),
        };
    }

    private RotationGroup[] Groups((PauliRotation Rotation, int Index)[] rotations, int size) =>
        [.. rotations.Chunk(size).Select(chunk => new RotationGroup(
            Circuit.WireCount, [.. chunk.Select(item => item.Rotation)], [.. chunk.Select(item => item.Index)]))];
}

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
