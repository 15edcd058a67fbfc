using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

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
