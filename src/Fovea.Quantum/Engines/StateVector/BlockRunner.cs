using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Runs one block of circuits, one circuit a lane: the state forward, and the adjoint pass back (Jones &amp; Gacon 2020,
/// arXiv 2009.02823), which reads the gradients of a stage at its end and then undoes it.
/// </summary>
internal sealed unsafe class BlockRunner<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WeightTables<T> _tables;
    private readonly RotationRegisters<TLanes, T> _registers;
    private readonly InputLanes<TLanes, T> _inputs;
    private readonly EntryState<TLanes, T> _entry;
    private readonly StagePass<TLanes, T> _stages;
    private readonly Readout<TLanes, T> _readout;
    private readonly double[] _weightGradients;
    private readonly LaneMemory<TLanes> _memory;
    private readonly Planes<TLanes> _psi;
    private readonly Planes<TLanes> _lambda;

    /// <summary>A runner with its own scratch memory.</summary>
    /// <param name="plan">The compiled circuit.</param>
    /// <param name="tables">What its weights fix, shared by all runners.</param>
    /// <param name="forGradients">Whether <see cref="Backward"/> will be called.</param>
    /// <param name="singleBlockChunks">Whether a chunk is one block.</param>
    public BlockRunner(ExecutionPlan plan, WeightTables<T> tables, bool forGradients, bool singleBlockChunks)
    {
        ForGradients = forGradients;
        _tables = tables;
        var productPlanes = singleBlockChunks ? 1 : plan.TableStages.Length;
        var kept = forGradients ? StagePass<TLanes, T>.KeptStates(plan) : 0;
        _memory = new(
            ((forGradients ? 6L + productPlanes + (2 * kept) : 3) * plan.OutputSlots.Length) + plan.SmallRegisters + (2 * kept * LaneMemory<TLanes>.Stagger));
        _psi = _memory.TakePlanes(plan.OutputSlots.Length);
        _lambda = forGradients ? _memory.TakePlanes(plan.OutputSlots.Length) : default;
        _registers = new(plan, _memory);
        _inputs = new(plan, _memory, _registers);
        _entry = new(plan, _memory, _registers, _inputs);
        _stages = new(
            plan, tables, _memory, _registers, forGradients ? StagePurpose.GradientsOfOneBlock : StagePurpose.Values, singleBlockChunks);
        _readout = new(plan.Observables, _memory);
        _weightGradients = new double[forGradients ? plan.Circuit.WeightCount : 0];
    }

    /// <summary>Whether this runner has the memory for <see cref="Backward"/>.</summary>
    public bool ForGradients { get; }

    /// <summary>Takes over the weights' coefficients; once a call.</summary>
    public void LoadWeights()
    {
        _registers.LoadWeights(_tables.Coefficients);
        _entry.Scale = TLanes.Broadcast(T.CreateTruncating(_tables.EntryScale));
    }

    /// <summary>Computes the expectation values of circuits first … first+count−1.</summary>
    public void Forward(in BatchCall<T> call, int first, int count) =>
        _readout.Store(RunStates(call, first, count), call, first, count);

    /// <summary>Adds the weight gradients of circuits first … first+count−1 to the chunk's and writes their input gradients.</summary>
    public void Backward(in BatchCall<T> call, int first, int count)
    {
        _readout.Seed(RunStates(call, first, count), _lambda, call, first, count);
        _inputs.ClearGradients();
        _stages.Undo(_psi, _lambda, _weightGradients);
        _entry.Undo(_lambda);
        _inputs.StoreGradients(call, first, count);
    }

    /// <summary>Starts a chunk: no gradients yet.</summary>
    public void ClearWeightGradients()
    {
        Array.Clear(_weightGradients);
        _registers.ClearGradients();
        _stages.ClearProducts();
    }

    /// <summary>Ends a chunk: its weight gradients, [weights], summed over the lanes in double precision.</summary>
    public ReadOnlySpan<double> CollectWeightGradients()
    {
        _registers.AddWeightGradients(_weightGradients);
        _stages.AddWeightGradients(_weightGradients);
        return _weightGradients;
    }

    private Planes<TLanes> RunStates(in BatchCall<T> call, int first, int count)
    {
        _inputs.Load(call, first, count);
        _entry.Load();
        _entry.Prepare(_psi);
        return _stages.Apply(_psi);
    }
}
