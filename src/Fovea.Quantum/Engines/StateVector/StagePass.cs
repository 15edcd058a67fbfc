using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>The stages of a plan on one block of states: forward, and back with the gradients of their rotations.</summary>
internal sealed unsafe class StagePass<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Beyond this ψ is undone together with λ instead, which takes more arithmetic and less of the second-level cache.
    private const long LargestKept = 1 << 20;
    private readonly ExecutionPlan _plan;
    private readonly WeightTables<T> _tables;
    private readonly RotationRegisters<TLanes, T> _registers;
    private readonly int _slots;
    private readonly bool _stageByStage;
    private readonly int _productPlanes;
    private readonly TLanes* _products;
    private readonly TLanes* _blockProducts;
    private readonly Planes<TLanes>[] _ends;
    private readonly double[] _slotSums;

    /// <summary>Takes its registers from a worker's memory.</summary>
    /// <param name="plan">The compiled circuit.</param>
    /// <param name="tables">What its weights fix, shared by all workers.</param>
    /// <param name="memory">The worker's memory.</param>
    /// <param name="registers">Coefficients and gradients of the rotations.</param>
    /// <param name="purpose">Whether there will be a way back, and from where.</param>
    /// <param name="stageByStage">
    /// Whether the diagonals' gradients are collected at each stage instead of each chunk, which takes one plane of memory
    /// however many stages there are.
    /// </param>
    public StagePass(
        ExecutionPlan plan,
        WeightTables<T> tables,
        LaneMemory<TLanes> memory,
        RotationRegisters<TLanes, T> registers,
        StagePurpose purpose,
        bool stageByStage)
    {
        _plan = plan;
        _tables = tables;
        _registers = registers;
        _slots = plan.OutputSlots.Length;
        _stageByStage = stageByStage;
        var forGradients = purpose != StagePurpose.Values;
        if (forGradients)
            _productPlanes = stageByStage ? Math.Min(1, tables.Diagonals.Length) : tables.Diagonals.Length;
        _products = memory.Take((long)_productPlanes * _slots);
        if (forGradients && Array.Exists(plan.Stages, stage => stage.InputPhases.Length > 0))
            _blockProducts = memory.Take(_slots);
        _slotSums = new double[forGradients ? _slots : 0];
        _ends = new Planes<TLanes>[purpose == StagePurpose.GradientsOfOneBlock ? KeptStates(plan) : 0];
        for (var stage = 0; stage < _ends.Length; stage++)
            _ends[stage] = memory.TakePlanes(_slots);
    }

    /// <summary>How many states the way forward keeps for the way back of the same block: one after each stage, or none.</summary>
    public static int KeptStates(ExecutionPlan plan)
    {
        var bytes = 2L * sizeof(TLanes) * plan.OutputSlots.Length * plan.Stages.Length;
        return bytes <= LargestKept ? plan.Stages.Length : 0;
    }

    /// <summary>Applies every stage and returns the state after the last one, which may lie in the memory of the first.</summary>
    public Planes<TLanes> Apply(Planes<TLanes> psi)
    {
        for (var stage = 0; stage < _plan.Stages.Length; stage++)
        {
            var end = _ends.Length > 0 ? _ends[stage] : psi;
            Apply(_plan.Stages[stage], psi, end);
            psi = end;
        }

        return psi;
    }

    /// <summary>Undoes every stage on λ, last one first, and adds to the gradients.</summary>
    /// <param name="psi">What <see cref="Apply(Planes{TLanes})"/> was given, or ψ at the end, which is undone, too, where no states are kept.</param>
    /// <param name="lambda">λ at the end, overwritten by λ at the entry.</param>
    /// <param name="weightGradients">[weights].</param>
    public void Undo(Planes<TLanes> psi, Planes<TLanes> lambda, Span<double> weightGradients)
    {
        for (var stage = _plan.Stages.Length - 1; stage >= 0; stage--)
        {
            if (_ends.Length == 0)
                Undo(_plan.Stages[stage], psi, psi, lambda, weightGradients);
            else
                Undo(_plan.Stages[stage], stage > 0 ? _ends[stage - 1] : psi, _ends[stage], lambda, weightGradients);
        }
    }

    /// <summary>Starts a chunk: no gradients of diagonals yet.</summary>
    public void ClearProducts() => new Span<TLanes>(_products, _productPlanes * _slots).Clear();

    /// <summary>Ends a chunk: adds the gradients of the diagonals' weights to [weights].</summary>
    public void AddWeightGradients(Span<double> weightGradients)
    {
        if (_stageByStage)
            return;
        foreach (var stage in _plan.Stages)
            CollectDiagonal(stage, weightGradients);
    }

    private void Apply(PlanStage stage, Planes<TLanes> from, Planes<TLanes> to)
    {
        if (stage.TableIndex >= 0)
            DiagonalKernel<TLanes, T>.Apply(from, to, Table(stage), _slots);
        else if (from.Re != to.Re)
            Copy(from, to);
        foreach (var index in stage.InputPhases)
            TurnByInput(to, index, back: false);
        Turn(stage, to, back: false);
    }

    /// <summary>Undoes a stage on λ, and on ψ where its start and its end are the same memory.</summary>
    private void Undo(PlanStage stage, Planes<TLanes> start, Planes<TLanes> end, Planes<TLanes> lambda, Span<double> weightGradients)
    {
        foreach (var group in stage.Groups)
            RotationGradientKernel<TLanes, T>.Add(end.Re, lambda.Re, group, _registers.Gradients);
        foreach (var group in stage.Groups)
            RotationGradientKernel<TLanes, T>.Add(end.Im, lambda.Im, group, _registers.Gradients);
        if (start.Re == end.Re)
        {
            Turn(stage, start, back: true);
            foreach (var index in stage.InputPhases)
                TurnByInput(start, index, back: true);
            if (stage.TableIndex >= 0)
                DiagonalKernel<TLanes, T>.Undo(start, Table(stage), _slots);
        }

        Turn(stage, lambda, back: true);
        foreach (var index in stage.InputPhases)
            TurnByInput(lambda, index, back: true);
        UndoTable(stage, start, lambda);
        if (stage.InputPhases.Length > 0)
            AddInputGradients(stage, start, lambda);
        if (_stageByStage && stage.TableIndex >= 0)
            CollectDiagonal(stage, weightGradients);
    }

    private void Turn(PlanStage stage, Planes<TLanes> state, bool back)
    {
        foreach (var group in stage.Groups)
            RotationKernel<TLanes, T>.Turn(state, group, _registers.Coefficients, _tables.ByTangents[group.Number], back);
    }

    private void TurnByInput(Planes<TLanes> state, int index, bool back) =>
        DiagonalKernel<TLanes, T>.TurnByInput(state, _slots, _plan.Rotations[index].ParityMask, _registers.Coefficients + (2 * index), back);

    private void UndoTable(PlanStage stage, Planes<TLanes> psi, Planes<TLanes> lambda)
    {
        if (stage.TableIndex < 0)
            return;
        if (stage.HasWeights)
            DiagonalKernel<TLanes, T>.Undo(psi, lambda, Table(stage), _slots, Products(stage));
        else
            DiagonalKernel<TLanes, T>.Undo(lambda, Table(stage), _slots);
    }

    /// <summary>Adds the gradients of phases by inputs, whose products must not be mixed with those of other blocks.</summary>
    private void AddInputGradients(PlanStage stage, Planes<TLanes> psi, Planes<TLanes> lambda)
    {
        DiagonalKernel<TLanes, T>.Multiply(psi, lambda, _slots, _blockProducts);
        foreach (var index in stage.InputPhases)
            _registers.Gradients[index] += DiagonalKernel<TLanes, T>.SignedSum(_blockProducts, _slots, _plan.Rotations[index].ParityMask);
    }

    private void Copy(Planes<TLanes> from, Planes<TLanes> to)
    {
        new Span<TLanes>(from.Re, _slots).CopyTo(new Span<TLanes>(to.Re, _slots));
        new Span<TLanes>(from.Im, _slots).CopyTo(new Span<TLanes>(to.Im, _slots));
    }

    /// <summary>Adds the gradients of a stage's phases, each a signed sum over slots, and clears what they came from.</summary>
    private void CollectDiagonal(PlanStage stage, Span<double> weightGradients)
    {
        if (!stage.HasWeights)
            return;
        var products = Products(stage);
        for (var slot = 0; slot < _slots; slot++)
            _slotSums[slot] = TLanes.WideSum(products[slot]);
        new Span<TLanes>(products, _slots).Clear();
        WalshHadamard.Transform<double>(_slotSums);
        foreach (var term in stage.TableTerms)
        {
            if (term.Angle.Source == AngleSource.Weight)
                RotationCoefficients.AddWeightGradient(term, _slotSums[term.ParityMask], weightGradients);
        }
    }

    private TLanes* Products(PlanStage stage) => _products + (_stageByStage ? 0 : (nint)stage.TableIndex * _slots);

    /// <summary>The tables are pinned, so the address stays valid.</summary>
    private T* Table(PlanStage stage) => (T*)Unsafe.AsPointer(ref _tables.Diagonals[stage.TableIndex][0]);
}

/// <summary>What stages are run for.</summary>
internal enum StagePurpose
{
    /// <summary>Forward only.</summary>
    Values,

    /// <summary>Forward and, right after, back on the same block.</summary>
    GradientsOfOneBlock,

    /// <summary>Forward on many blocks, and back later.</summary>
    GradientsLater,
}
