using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines;

/// <summary>Scratch memory of registers: pinned, aligned to cache lines, given out once and in order. It starts as rubbish.</summary>
internal sealed unsafe class AlignedMemory<TLanes>
    where TLanes : unmanaged
{
    private const int Alignment = 64;
    private readonly byte[] _memory;
    private readonly long _length;
    private TLanes* _next;
    private long _taken;

    /// <summary>Allocates room for so many registers in all.</summary>
    public AlignedMemory(long registers)
    {
        _length = registers;
        _memory = GC.AllocateUninitializedArray<byte>(checked((int)((registers * sizeof(TLanes)) + Alignment)), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshalReference());
        _next = (TLanes*)((address + Alignment - 1) / Alignment * Alignment);
    }

    /// <summary>The next <paramref name="count"/> registers.</summary>
    public TLanes* Take(long count)
    {
        _taken += count;
        if (_taken > _length)
            throw new InvalidOperationException("more scratch memory taken than allocated");
        var start = _next;
        _next += count;
        return start;
    }

    private ref byte MemoryMarshalReference() => ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_memory);
}
