using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>The stages of a plan on one block of states: forward, and back with the gradients of their rotations.</summary>
internal sealed unsafe class StagePass<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExecutionPlan _plan;
    private readonly WeightTables<T> _tables;
    private readonly RotationRegisters<TLanes, T> _registers;
    private readonly int _slots;
    private readonly bool _stageByStage;
    private readonly int _productPlanes;
    private readonly TLanes* _products;
    private readonly double[] _slotSums;

    /// <summary>Takes its registers from a worker's memory.</summary>
    /// <param name="plan">The compiled circuit.</param>
    /// <param name="tables">What its weights fix, shared by all workers.</param>
    /// <param name="memory">The worker's memory.</param>
    /// <param name="registers">Coefficients and gradients of the rotations.</param>
    /// <param name="forGradients">Whether there will be a way back.</param>
    /// <param name="stageByStage">
    /// Whether the diagonals' gradients are collected at each stage instead of each chunk, which takes one plane of memory
    /// however many stages there are.
    /// </param>
    public StagePass(
        ExecutionPlan plan,
        WeightTables<T> tables,
        LaneMemory<TLanes> memory,
        RotationRegisters<TLanes, T> registers,
        bool forGradients,
        bool stageByStage)
    {
        _plan = plan;
        _tables = tables;
        _registers = registers;
        _slots = plan.OutputSlots.Length;
        _stageByStage = stageByStage;
        if (forGradients)
            _productPlanes = stageByStage ? Math.Min(1, tables.Diagonals.Length) : tables.Diagonals.Length;
        _products = memory.Take((long)_productPlanes * _slots);
        _slotSums = new double[forGradients ? _slots : 0];
    }

    /// <summary>Applies every stage.</summary>
    public void Apply(Planes<TLanes> psi)
    {
        foreach (var stage in _plan.Stages)
            Apply(stage, psi);
    }

    /// <summary>Undoes every stage on ψ and λ, last one first, and adds to the gradients.</summary>
    public void Undo(Planes<TLanes> psi, Planes<TLanes> lambda, Span<double> weightGradients)
    {
        for (var stage = _plan.Stages.Length - 1; stage >= 0; stage--)
            Undo(_plan.Stages[stage], psi, lambda, weightGradients);
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

    private void Apply(PlanStage stage, Planes<TLanes> psi)
    {
        if (stage.TableIndex >= 0)
            DiagonalKernel<TLanes, T>.Apply(psi, Table(stage), _slots);
        foreach (var index in stage.InputPhases)
        {
            DiagonalKernel<TLanes, T>.ApplyInput(
                psi, _slots, _plan.Rotations[index].ParityMask, _registers.Coefficients + (2 * index));
        }

        foreach (var group in stage.ForwardGroups)
            RotationKernel<TLanes, T>.Apply(psi.Re, group, _registers.Coefficients);
        foreach (var group in stage.ForwardGroups)
            RotationKernel<TLanes, T>.Apply(psi.Im, group, _registers.Coefficients);
    }

    private void Undo(PlanStage stage, Planes<TLanes> psi, Planes<TLanes> lambda, Span<double> weightGradients)
    {
        foreach (var group in stage.AdjointGroups)
            RotationAdjointKernel<TLanes, T>.Undo(psi.Re, lambda.Re, group, _registers.Coefficients, _registers.Gradients);
        foreach (var group in stage.AdjointGroups)
            RotationAdjointKernel<TLanes, T>.Undo(psi.Im, lambda.Im, group, _registers.Coefficients, _registers.Gradients);
        foreach (var index in stage.InputPhases)
        {
            _registers.Gradients[index] += DiagonalKernel<TLanes, T>.UndoInput(
                psi, lambda, _slots, _plan.Rotations[index].ParityMask, _registers.Coefficients + (2 * index));
        }

        if (stage.TableIndex >= 0)
        {
            var products = stage.HasWeights ? Products(stage) : null;
            DiagonalKernel<TLanes, T>.Undo(psi, lambda, Table(stage), _slots, products);
            if (_stageByStage)
                CollectDiagonal(stage, weightGradients);
        }
    }

    /// <summary>Adds the gradients of a stage's phases, each a signed sum over slots, and clears what they came from.</summary>
    private void CollectDiagonal(PlanStage stage, Span<double> weightGradients)
    {
        if (!stage.HasWeights)
            return;
        var products = Products(stage);
        for (var slot = 0; slot < _slots; slot++)
            _slotSums[slot] = RotationRegisters<TLanes, T>.LaneSum(products + slot);
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
