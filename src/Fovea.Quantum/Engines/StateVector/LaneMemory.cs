using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// The scratch memory of one worker, allocated once: pinned and aligned to cache lines so that kernels may hold pointers.
/// </summary>
internal sealed unsafe class LaneMemory<TLanes>
    where TLanes : unmanaged
{
    private const int Alignment = 64;

    // Buffers of 2ⁿ registers would all start in the same cache set; a few registers between them keep them apart.
    private const int Stagger = 20;
    private const int SmallestBlock = 1024;
    private readonly List<byte[]> _blocks = [];
    private TLanes* _next;
    private TLanes* _end;

    /// <summary>Registers that stay valid as long as this object; what they hold is undefined.</summary>
    public TLanes* Take(long count)
    {
        if (_end - _next < count)
            Extend(Math.Max(count + Stagger, SmallestBlock));
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
