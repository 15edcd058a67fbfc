using System.Numerics;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Unitary;

/// <summary>Runs one chunk of blocks of circuits, one circuit a lane: entry states, the product with U, the measurement, and back.</summary>
internal sealed unsafe class ChunkRunner<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int LaneCount = sizeof(TLanes) / sizeof(T);
    private readonly UnitaryPlan _plan;
    private readonly TiledMatrix<T> _matrix;
    private readonly TiledMatrix<T> _transposed;
    private readonly LaneMemory<TLanes> _memory;
    private readonly RotationRegisters<TLanes, T> _registers;
    private readonly InputLanes<TLanes, T> _inputs;
    private readonly EntryState<TLanes, T> _entry;
    private readonly Readout<TLanes, T> _readout;
    private readonly TLanes* _entries;
    private readonly TLanes* _finals;
    private readonly TLanes* _cotangents;
    private readonly TLanes* _unused;
    private readonly TLanes* _zeros;

    // An odd number of registers from block to block keeps equal amplitudes of different blocks in different cache sets.
    private readonly nint _entryStride;
    private readonly nint _finalStride;

    /// <summary>A runner with its own scratch memory.</summary>
    /// <param name="plan">The compiled circuit.</param>
    /// <param name="matrix">U as a real matrix, shared by all runners.</param>
    /// <param name="transposed">Its transpose.</param>
    /// <param name="blocks">Most blocks of a chunk.</param>
    /// <param name="forGradients">Whether <see cref="Backward"/> will be called.</param>
    public ChunkRunner(UnitaryPlan plan, TiledMatrix<T> matrix, TiledMatrix<T> transposed, int blocks, bool forGradients)
    {
        _plan = plan;
        _matrix = matrix;
        _transposed = transposed;
        ForGradients = forGradients;
        _memory = new(plan.Gates.SmallRegisters + (4L * plan.Slots) + ((long)blocks * (plan.Columns + (2 * plan.Rows) + 3)));
        _registers = new(plan.Gates, _memory);
        _inputs = new(plan.Gates, _memory, _registers);
        _entry = new(plan.Gates, _memory, _registers, _inputs);
        _readout = new(plan.Gates.Observables, _memory);
        _entryStride = plan.Columns + 1;
        _finalStride = plan.Rows + 1;
        _unused = _memory.Take(plan.Slots);
        _zeros = _memory.Take(plan.Slots);
        new Span<TLanes>(_zeros, plan.Slots).Clear();
        _entries = _memory.Take(blocks * _entryStride);
        new Span<TLanes>(_entries, (int)(blocks * _entryStride)).Clear();
        _finals = _memory.Take(blocks * _finalStride);
        _cotangents = forGradients ? _memory.Take(blocks * _finalStride) : null;
    }

    /// <summary>Whether this runner has the memory for <see cref="Backward"/>.</summary>
    public bool ForGradients { get; }

    /// <summary>Takes over the coefficients of weights in the entry state; once a call.</summary>
    public void LoadWeights(ReadOnlySpan<T> coefficients) => _registers.LoadWeights(coefficients);

    /// <summary>Computes the expectation values of circuits first … end−1.</summary>
    public void Forward(in BatchCall<T> call, int first, int end)
    {
        var blocks = RunStates(call, first, end);
        for (var block = 0; block < blocks; block++, first += LaneCount)
            _readout.Store(Final(_finals, block), call, first, Math.Min(LaneCount, end - first));
    }

    /// <summary>Writes the input gradients of circuits first … end−1 and adds to the sums over samples.</summary>
    /// <param name="call">The buffers.</param>
    /// <param name="first">First circuit.</param>
    /// <param name="end">One past the last circuit.</param>
    /// <param name="cotangents">[rows, columns]: λ times entry state is added.</param>
    /// <param name="weightGradients">[weights]: gradients of the weights in the entry state are added.</param>
    public void Backward(in BatchCall<T> call, int first, int end, Span<double> cotangents, Span<double> weightGradients)
    {
        _registers.ClearGradients();
        var blocks = RunStates(call, first, end);
        for (int block = 0, start = first; block < blocks; block++, start += LaneCount)
            _readout.Seed(Final(_finals, block), Final(_cotangents, block), call, start, Math.Min(LaneCount, end - start));
        MatrixKernel<TLanes, T>.AddOuter(
            _cotangents, _finalStride, _plan.Rows, _entries, _entryStride, _plan.Columns, blocks, cotangents);
        // The final states are done with: λ before U takes their place.
        MatrixKernel<TLanes, T>.Multiply(_transposed, _cotangents, _finalStride, _finals, _finalStride, blocks);
        for (var block = 0; block < blocks; block++, first += LaneCount)
            UndoEntry(call, block, first, Math.Min(LaneCount, end - first));
        _registers.AddWeightGradients(weightGradients);
    }

    private int RunStates(in BatchCall<T> call, int first, int end)
    {
        var blocks = 0;
        for (; first < end; first += LaneCount, blocks++)
        {
            LoadBlock(call, first, Math.Min(LaneCount, end - first));
            var re = _entries + (blocks * _entryStride);
            _entry.Prepare(new(re, _plan.IsReal ? _unused : re + _plan.Slots));
        }

        MatrixKernel<TLanes, T>.Multiply(_matrix, _entries, _entryStride, _finals, _finalStride, blocks);
        return blocks;
    }

    private void LoadBlock(in BatchCall<T> call, int first, int count)
    {
        _inputs.Load(call, first, count);
        _entry.Load();
    }

    private void UndoEntry(in BatchCall<T> call, int block, int first, int count)
    {
        LoadBlock(call, first, count);
        _inputs.ClearGradients();
        var re = _finals + (block * _finalStride);
        _entry.Undo(new(re, _plan.IsReal ? _zeros : re + _plan.Slots));
        _inputs.StoreGradients(call, first, count);
    }

    private Planes<TLanes> Final(TLanes* states, int block) =>
        new(states + (block * _finalStride), states + (block * _finalStride) + _plan.Slots);
}
