using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Runs one block of circuits, one circuit a lane: the state forward, and the adjoint pass back (Jones &amp; Gacon 2020,
/// arXiv 2009.02823), which undoes each rotation on ψ and on λ and reads the gradient in between.
/// </summary>
internal sealed unsafe class BlockRunner<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int LaneCount = sizeof(TLanes) / sizeof(T);
    private readonly ExecutionPlan _plan;
    private readonly WeightTables<T> _tables;
    private readonly Workspace<TLanes, T> _work;
    private readonly int _slots;
    private readonly int _wires;
    private readonly int[] _inputRotations;
    private readonly bool _singleBlockChunks;
    private readonly int _productPlanes;
    private readonly double[] _weightGradients;
    private readonly double[] _slotSums;

    /// <summary>A runner with its own scratch memory.</summary>
    /// <param name="plan">The compiled circuit.</param>
    /// <param name="tables">What its weights fix, shared by all runners.</param>
    /// <param name="forGradients">Whether <see cref="Backward"/> will be called.</param>
    /// <param name="singleBlockChunks">
    /// Whether a chunk is one block. The diagonals' gradients are then collected stage by stage, which takes one plane of
    /// memory however many stages there are.
    /// </param>
    public BlockRunner(ExecutionPlan plan, WeightTables<T> tables, bool forGradients, bool singleBlockChunks)
    {
        _plan = plan;
        _tables = tables;
        _singleBlockChunks = singleBlockChunks;
        _productPlanes = singleBlockChunks ? Math.Min(1, tables.Diagonals.Length) : tables.Diagonals.Length;
        _work = new Workspace<TLanes, T>(plan, forGradients, _productPlanes);
        _weightGradients = new double[forGradients ? plan.Circuit.WeightCount : 0];
        _slotSums = new double[forGradients ? plan.OutputSlots.Length : 0];
        _wires = plan.Circuit.WireCount;
        _slots = plan.OutputSlots.Length;
        _inputRotations = [.. Enumerable.Range(0, plan.Rotations.Count)
            .Where(index => plan.Rotations[index].Angle.Source == AngleSource.Input)];
    }

    /// <summary>Whether this runner has the memory for <see cref="Backward"/>.</summary>
    public bool ForGradients => _work.ForGradients;

    /// <summary>Takes over the weights' coefficients; once a call.</summary>
    public void LoadWeights()
    {
        for (var i = 0; i < _tables.Coefficients.Length; i++)
            _work.Coefficients[i] = TLanes.Broadcast(_tables.Coefficients[i]);
    }

    /// <summary>Computes the expectation values of circuits first … first+count−1.</summary>
    public void Forward(in BatchCall<T> call, int first, int count)
    {
        RunStates(call, first, count);
        MeasurementKernel<TLanes, T>.Measure(_work.Psi, _plan.OutputSlots, _wires, _work.SlotScratch, _work.Outputs);
        var observables = _plan.Circuit.Observables;
        for (var output = 0; output < observables.Length; output++)
        {
            var lanes = (T*)(_work.Outputs + observables[output].SingleZWire);
            for (var lane = 0; lane < count; lane++)
                call.Expectations[((first + lane) * (nint)observables.Length) + output] = lanes[lane];
        }
    }

    /// <summary>Adds the weight gradients of circuits first … first+count−1 to the chunk's and writes their input gradients.</summary>
    public void Backward(in BatchCall<T> call, int first, int count)
    {
        RunStates(call, first, count);
        LoadCotangents(call, first, count);
        MeasurementKernel<TLanes, T>.Seed(
            _work.Psi, _work.Lambda, _plan.OutputSlots, _wires, _work.SlotScratch, _work.Outputs);
        foreach (var index in _inputRotations)
            _work.Gradients[index] = TLanes.Zero;
        for (var stage = _plan.Stages.Length - 1; stage >= 0; stage--)
            UndoStage(_plan.Stages[stage]);
        UndoEntry();
        StoreInputGradients(call, first, count);
    }

    /// <summary>Starts a chunk: no gradients yet.</summary>
    public void ClearWeightGradients()
    {
        Array.Clear(_weightGradients);
        new Span<TLanes>(_work.Gradients, _plan.Rotations.Count).Clear();
        new Span<TLanes>(_work.Products, _productPlanes * _slots).Clear();
    }

    /// <summary>Ends a chunk: its weight gradients, [weights], summed over the lanes in double precision.</summary>
    public ReadOnlySpan<double> CollectWeightGradients()
    {
        for (var index = 0; index < _plan.Rotations.Count; index++)
        {
            var rotation = _plan.Rotations[index];
            if (rotation.Angle.Source == AngleSource.Weight)
                AddWeight(rotation, LaneSum(_work.Gradients + index));
        }

        if (!_singleBlockChunks)
        {
            foreach (var stage in _plan.Stages)
                CollectDiagonal(stage);
        }

        return _weightGradients;
    }

    private void AddWeight(PauliRotation rotation, double value) =>
        _weightGradients[rotation.Angle.Index] += 2 * RotationCoefficients.HalfScale(rotation) * value;

    /// <summary>Adds the gradients of a stage's phases, each a signed sum over slots, and clears what they came from.</summary>
    private void CollectDiagonal(PlanStage stage)
    {
        if (!stage.HasWeights)
            return;
        var products = Products(stage);
        for (var slot = 0; slot < _slots; slot++)
            _slotSums[slot] = LaneSum(products + slot);
        new Span<TLanes>(products, _slots).Clear();
        WalshHadamard.Transform(_slotSums);
        foreach (var term in stage.TableTerms)
        {
            if (term.Angle.Source == AngleSource.Weight)
                AddWeight(term, _slotSums[term.ParityMask]);
        }
    }

    private TLanes* Products(PlanStage stage) =>
        _work.Products + (_singleBlockChunks ? 0 : (nint)stage.TableIndex * _slots);

    private static double LaneSum(TLanes* register)
    {
        var sum = 0.0;
        for (var lane = 0; lane < LaneCount; lane++)
            sum += double.CreateTruncating(((T*)register)[lane]);
        return sum;
    }

    private void RunStates(in BatchCall<T> call, int first, int count)
    {
        LoadInputs(call, first, count);
        for (var bit = 0; bit < _wires; bit++)
            QubitChain<TLanes, T>.Prepare(_plan.Chains[bit], _plan, _work.Coefficients, Qubit(bit));
        ProductKernel<TLanes, T>.Build(_work.Qubits, _wires, _work.Psi, _work.ProductScratch);
        foreach (var stage in _plan.Stages)
            ApplyStage(stage);
    }

    private void ApplyStage(PlanStage stage)
    {
        if (stage.TableIndex >= 0)
            DiagonalKernel<TLanes, T>.Apply(_work.Psi, Table(stage), _slots);
        foreach (var index in stage.InputPhases)
        {
            DiagonalKernel<TLanes, T>.ApplyInput(
                _work.Psi, _slots, _plan.Rotations[index].ParityMask, _work.Coefficients + (2 * index));
        }

        foreach (var group in stage.ForwardGroups)
            RotationKernel<TLanes, T>.Apply(_work.Psi.Re, group, _work.Coefficients);
        foreach (var group in stage.ForwardGroups)
            RotationKernel<TLanes, T>.Apply(_work.Psi.Im, group, _work.Coefficients);
    }

    private void UndoStage(PlanStage stage)
    {
        foreach (var group in stage.AdjointGroups)
        {
            RotationAdjointKernel<TLanes, T>.Undo(
                _work.Psi.Re, _work.Lambda.Re, group, _work.Coefficients, _work.Gradients);
        }

        foreach (var group in stage.AdjointGroups)
        {
            RotationAdjointKernel<TLanes, T>.Undo(
                _work.Psi.Im, _work.Lambda.Im, group, _work.Coefficients, _work.Gradients);
        }

        foreach (var index in stage.InputPhases)
        {
            _work.Gradients[index] += DiagonalKernel<TLanes, T>.UndoInput(
                _work.Psi, _work.Lambda, _slots, _plan.Rotations[index].ParityMask, _work.Coefficients + (2 * index));
        }

        if (stage.TableIndex >= 0)
        {
            var products = stage.HasWeights ? Products(stage) : null;
            DiagonalKernel<TLanes, T>.Undo(_work.Psi, _work.Lambda, Table(stage), _slots, products);
            if (_singleBlockChunks)
                CollectDiagonal(stage);
        }
    }

    private void UndoEntry()
    {
        ProductKernel<TLanes, T>.Contract(_work.Qubits, _wires, _work.Lambda, _work.QubitCotangents, _work.ProductScratch);
        for (var bit = 0; bit < _wires; bit++)
        {
            QubitChain<TLanes, T>.Undo(
                _plan.Chains[bit],
                _plan,
                _work.Coefficients,
                Qubit(bit),
                _work.QubitCotangents + (QubitChain<TLanes, T>.Size * bit),
                _work.Gradients);
        }
    }

    /// <summary>Transposes the block's inputs to lanes; lanes past the batch run the circuit at zero and are not read.</summary>
    private void LoadInputs(in BatchCall<T> call, int first, int count)
    {
        var inputs = _plan.Circuit.InputCount;
        for (var input = 0; input < inputs; input++)
        {
            var lanes = (T*)(_work.Inputs + input);
            for (var lane = 0; lane < LaneCount; lane++)
                lanes[lane] = lane < count ? call.Inputs[((first + lane) * (nint)inputs) + input] : T.Zero;
        }

        foreach (var index in _inputRotations)
            LoadInputCoefficients(index);
    }

    private void LoadInputCoefficients(int index)
    {
        var rotation = _plan.Rotations[index];
        var scale = T.CreateTruncating(RotationCoefficients.HalfScale(rotation));
        var isDiagonal = rotation.IsDiagonal;
        var lanes = (T*)(_work.Inputs + rotation.Angle.Index);
        var firsts = (T*)(_work.Coefficients + (2 * index));
        var seconds = firsts + LaneCount;
        for (var lane = 0; lane < LaneCount; lane++)
            firsts[lane] = scale * lanes[lane];
        var sin = (T*)_work.Trigonometry;
        var cos = sin + LaneCount;
        LaneTrigonometry.SinCos(firsts, sin, cos, LaneCount);
        for (var lane = 0; lane < LaneCount; lane++)
            (firsts[lane], seconds[lane]) = RotationCoefficients.From(sin[lane], cos[lane], isDiagonal);
    }

    /// <summary>Transposes the cotangents to wires and lanes; unmeasured wires and lanes past the batch get zero.</summary>
    private void LoadCotangents(in BatchCall<T> call, int first, int count)
    {
        new Span<TLanes>(_work.Outputs, _wires).Clear();
        var observables = _plan.Circuit.Observables;
        for (var output = 0; output < observables.Length; output++)
        {
            var lanes = (T*)(_work.Outputs + observables[output].SingleZWire);
            for (var lane = 0; lane < count; lane++)
                lanes[lane] += call.Cotangents[((first + lane) * (nint)observables.Length) + output];
        }
    }

    private void StoreInputGradients(in BatchCall<T> call, int first, int count)
    {
        var inputs = _plan.Circuit.InputCount;
        new Span<TLanes>(_work.InputGradients, inputs).Clear();
        foreach (var index in _inputRotations)
        {
            var rotation = _plan.Rotations[index];
            var scale = TLanes.Broadcast(T.CreateTruncating(2 * RotationCoefficients.HalfScale(rotation)));
            _work.InputGradients[rotation.Angle.Index] += scale * _work.Gradients[index];
        }

        for (var input = 0; input < inputs; input++)
        {
            var lanes = (T*)(_work.InputGradients + input);
            for (var lane = 0; lane < count; lane++)
                call.InputGradients[((first + lane) * (nint)inputs) + input] = lanes[lane];
        }
    }

    private TLanes* Qubit(int bit) => _work.Qubits + (QubitChain<TLanes, T>.Size * bit);

    /// <summary>The tables are pinned, so the address stays valid.</summary>
    private T* Table(PlanStage stage) =>
        (T*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _tables.Diagonals[stage.TableIndex][0]);
}
