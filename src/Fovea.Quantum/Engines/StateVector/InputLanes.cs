using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>The inputs of one block of circuits in lanes, the rotations they drive, and the gradients on the way back.</summary>
internal sealed unsafe class InputLanes<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int LaneCount = sizeof(TLanes) / sizeof(T);
    private readonly ExecutionPlan _plan;
    private readonly RotationRegisters<TLanes, T> _registers;
    private readonly int[] _rotations;
    private readonly int _inputs;

    /// <summary>Takes its registers from a worker's memory.</summary>
    public InputLanes(ExecutionPlan plan, LaneMemory<TLanes> memory, RotationRegisters<TLanes, T> registers)
    {
        _plan = plan;
        _registers = registers;
        _inputs = plan.Circuit.InputCount;
        _rotations = [.. Enumerable.Range(0, plan.Rotations.Count).Where(index => plan.Rotations[index].DiffersBySample)];
        Values = memory.Take(_inputs);
        Gradients = memory.Take(_inputs);
    }

    /// <summary>[input]: the inputs of the block's circuits.</summary>
    public TLanes* Values { get; }

    /// <summary>[input]: gradients of the block's circuits.</summary>
    public TLanes* Gradients { get; }

    /// <summary>
    /// Transposes the block's inputs to lanes and computes the coefficients they drive. Lanes past the batch run the circuit
    /// at ones, which are amplitudes too, and are not read.
    /// </summary>
    public void Load(in BatchCall<T> call, int first, int count)
    {
        LaneTransposition<T>.Load(call.Inputs + ((nint)first * _inputs), count, _inputs, (T*)Values, LaneCount, T.One);
        foreach (var index in _rotations)
            LoadCoefficients(index);
    }

    /// <summary>Starts the way back of a block: no gradients yet.</summary>
    public void ClearGradients()
    {
        foreach (var index in _rotations)
            _registers.Gradients[index] = TLanes.Zero;
        new Span<TLanes>(Gradients, _inputs).Clear();
    }

    /// <summary>Adds what the rotations collected to <see cref="Gradients"/> and writes them for the block's circuits.</summary>
    public void StoreGradients(in BatchCall<T> call, int first, int count)
    {
        foreach (var index in _rotations)
            CollectGradient(index);
        LaneTransposition<T>.Store((T*)Gradients, LaneCount, _inputs, call.InputGradients + ((nint)first * _inputs), count);
    }

    private void LoadCoefficients(int index)
    {
        var rotation = _plan.Rotations[index];
        var scale = TLanes.Broadcast(T.CreateTruncating(RotationCoefficients.HalfScale(rotation)));
        var angle = scale * Values[rotation.Angle.Index];
        if (rotation.Angle.Source == AngleSource.InputProduct)
            angle *= Values[rotation.Angle.SecondIndex];
        var (cosines, sines) = (2 * index, (2 * index) + 1);
        LaneTrigonometry<TLanes, T>.SinCos(angle, _registers.Coefficients + sines, _registers.Coefficients + cosines);
        if (!_plan.TurnsStates(index))
            return;
        var firsts = (T*)(_registers.Coefficients + cosines);
        var seconds = firsts + LaneCount;
        for (var lane = 0; lane < LaneCount; lane++)
            (firsts[lane], seconds[lane]) = RotationCoefficients.Shears(seconds[lane], firsts[lane]);
    }

    private void CollectGradient(int index)
    {
        var rotation = _plan.Rotations[index];
        var angle = rotation.Angle;
        var scale = TLanes.Broadcast(T.CreateTruncating(2 * RotationCoefficients.HalfScale(rotation)));
        var gradient = scale * _registers.Gradients[index];
        if (angle.Source == AngleSource.Input)
        {
            Gradients[angle.Index] += gradient;
            return;
        }

        Gradients[angle.Index] += gradient * Values[angle.SecondIndex];
        Gradients[angle.SecondIndex] += gradient * Values[angle.Index];
    }
}

/// <summary>
/// The scratch memory of one worker, allocated once: pinned and aligned to cache lines so that kernels may hold pointers.
/// </summary>
/// <param name="expected">
/// Registers that will be taken in all, about: those are one block. Buffers in different blocks lie as chance has it, and where
/// they compete for the same cache sets kernels take twice as long.
/// </param>
internal sealed unsafe class LaneMemory<TLanes>(long expected)
    where TLanes : unmanaged
{
    /// <summary>
    /// Registers left free behind each buffer: buffers of 2ⁿ registers side by side would all start in the same cache set.
    /// </summary>
    public const int Stagger = 20;

    private const int Alignment = 64;

    // Room for the gaps behind so many buffers in a block.
    private const int Buffers = 32;
    private readonly List<byte[]> _blocks = [];
    private TLanes* _next;
    private TLanes* _end;

    /// <summary>Registers that stay valid as long as this object; what they hold is undefined.</summary>
    public TLanes* Take(long count)
    {
        if (_end - _next < count)
            Extend(Math.Max(count, _blocks.Count == 0 ? expected : 0) + (Buffers * Stagger));
        var start = _next;
        _next += count + Stagger;
        return start;
    }

    /// <summary>As <see cref="Take"/>, for a complex array.</summary>
    public Planes<TLanes> TakePlanes(long count) => new(Take(count), Take(count));

    private void Extend(long count)
    {
        var block = GC.AllocateUninitializedArray<byte>(checked((int)((count * sizeof(TLanes)) + Alignment)), pinned: true);
        _blocks.Add(block);
        var address = (nuint)Unsafe.AsPointer(ref block[0]);
        _next = (TLanes*)((address + Alignment - 1) / Alignment * Alignment);
        _end = _next + count;
    }
}
