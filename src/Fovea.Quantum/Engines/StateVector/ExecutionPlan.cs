using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>A circuit compiled for the block kernels; immutable and independent of the number type.</summary>
internal sealed class ExecutionPlan
{
    private readonly List<PauliRotation> _rotations = [];
    private readonly int _inChains;
    private readonly int _groupSize;
    private int _groups;

    /// <summary>Compiles a circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="groupSize">Most Y rotations in a pass, up to <see cref="RotationGroup.MaxSize"/>: as many as fit the registers.</param>
    /// <param name="inputsAlone">
    /// Whether the chains end with their last input, so that the stages hold all that the whole batch shares.
    /// </param>
    public ExecutionPlan(Circuit circuit, int groupSize = RotationGroup.MaxSize, bool inputsAlone = false)
    {
        Circuit = circuit;
        _groupSize = groupSize;
        var lowering = GateLowering.Lower(circuit);
        Observables = new ObservablePlan(circuit.Observables, lowering.Frame, circuit.WireCount);
        var schedule = new Schedule(
            circuit.WireCount, lowering.Rotations, circuit.Preparation == StatePreparation.Zero, Observables.SeesPhases);
        if (inputsAlone)
            schedule = schedule.LeaveOnlyInputsInChains();
        Chains = [.. schedule.Chains.Select(chain => chain.Select(Register).ToArray())];
        _inChains = _rotations.Count;
        Stages = [.. schedule.Stages.Select(Compile)];
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

    /// <summary>Whether a rotation, by its coefficient index, turns pairs of amplitudes of a whole state.</summary>
    public bool TurnsStates(int index) => index >= _inChains && !_rotations[index].IsDiagonal;

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

    /// <summary>Number of groups of Y rotations in all stages.</summary>
    public int GroupCount => _groups;

    /// <summary>What is measured at the end.</summary>
    public ObservablePlan Observables { get; }

    private int Register(PauliRotation rotation)
    {
        _rotations.Add(rotation);
        return _rotations.Count - 1;
    }

    private PlanStage Compile(Schedule.Stage stage)
    {
        var rotations = stage.Rotations.Select(rotation => (rotation, Register(rotation))).ToArray();
        return new PlanStage
        {
            TableTerms = [.. stage.Diagonals.Where(term => !term.DiffersBySample)],
            InputPhases = [.. stage.Diagonals.Where(term => term.DiffersBySample).Select(Register)],
            Groups = [.. Groups(rotations, bySample: false), .. Groups(rotations, bySample: true)],
        };
    }

    private IEnumerable<(PauliRotation Rotation, int Index)[]> Balanced((PauliRotation Rotation, int Index)[] rotations)
    {
        var count = (rotations.Length + _groupSize - 1) / _groupSize;
        return Enumerable.Range(0, count).Select(k => rotations[(k * rotations.Length / count)..((k + 1) * rotations.Length / count)]);
    }

    private IEnumerable<RotationGroup> Groups((PauliRotation Rotation, int Index)[] rotations, bool bySample) =>
        Balanced([.. rotations.Where(item => item.Rotation.DiffersBySample == bySample)]).Select(chunk => new RotationGroup(
            Circuit.WireCount, [.. chunk.Select(item => item.Rotation)], [.. chunk.Select(item => item.Index)], _groups++, bySample));
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

    /// <summary>The Y rotations, those that all samples share apart from those by inputs.</summary>
    public required RotationGroup[] Groups
    {
        get;
        init
        {
            field = value;
            SharedRotations = value.Where(group => !group.DiffersBySample).Sum(group => group.Indices.Length);
        }
    }

    /// <summary>Number of Y rotations by weights and constants.</summary>
    public int SharedRotations { get; private init; }

    /// <summary>Number of this stage's table among those of the plan; −1 without one.</summary>
    public int TableIndex { get; set; } = -1;

    /// <summary>Whether the table depends on weights, so that its gradient is wanted.</summary>
    public bool HasWeights { get; private init; }
}
