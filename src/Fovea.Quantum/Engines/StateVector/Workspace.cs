using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// The scratch memory of one worker, allocated once: pinned and aligned to cache lines so that kernels may hold pointers.
/// </summary>
internal sealed unsafe class Workspace<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Alignment = 64;

    // Buffers of 2ⁿ registers would all start in the same cache set; a few registers between them keep them apart.
    private const int Stagger = 20;
    private const int Buffers = 14;
    private readonly byte[] _memory;
    private TLanes* _next;

    /// <summary>Allocates for a plan.</summary>
    /// <param name="plan">The compiled circuit.</param>
    /// <param name="forGradients">Whether to allocate the members of gradients.</param>
    /// <param name="productPlanes">Planes of <see cref="Products"/>.</param>
    public Workspace(ExecutionPlan plan, bool forGradients, int productPlanes)
    {
        var wires = plan.Circuit.WireCount;
        var slots = 1 << wires;
        var rotations = plan.Rotations.Count;
        var scratch = ProductKernel<TLanes, T>.ScratchSize(wires);
        var inputs = plan.Circuit.InputCount;
        var qubits = QubitChain<TLanes, T>.Size * wires;
        long registers = (3L * slots) + (2 * rotations) + scratch + inputs + wires + qubits + 2;
        long gradientRegisters = (2L * slots) + rotations + ((long)productPlanes * slots) + inputs + qubits;
        ForGradients = forGradients;
        var total = registers + (forGradients ? gradientRegisters : 0);
        _memory = GC.AllocateUninitializedArray<byte>(checked((int)(((total + (Buffers * Stagger)) * sizeof(TLanes)) + Alignment)), pinned: true);
        var address = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _memory[0]);
        _next = (TLanes*)((address + Alignment - 1) / Alignment * Alignment);
        Psi = new(Take(slots), Take(slots));
        SlotScratch = Take(slots);
        Coefficients = Take(2 * rotations);
        ProductScratch = Take(scratch);
        Inputs = Take(inputs);
        Outputs = Take(wires);
        Qubits = Take(qubits);
        Trigonometry = Take(2);
        if (!forGradients)
            return;
        Lambda = new(Take(slots), Take(slots));
        Gradients = Take(rotations);
        Products = Take((long)productPlanes * slots);
        InputGradients = Take(inputs);
        QubitCotangents = Take(qubits);
    }

    /// <summary>Whether the gradient members are there.</summary>
    public bool ForGradients { get; }

    /// <summary>The state ψ, [slot].</summary>
    public Planes<TLanes> Psi { get; }

    /// <summary>The adjoint state λ, [slot].</summary>
    public Planes<TLanes> Lambda { get; }

    /// <summary>[slot]: probabilities, or the seed of λ.</summary>
    public TLanes* SlotScratch { get; }

    /// <summary>[rotation, 2].</summary>
    public TLanes* Coefficients { get; }

    /// <summary>Scratch of <see cref="ProductKernel{TLanes, T}"/>.</summary>
    public TLanes* ProductScratch { get; }

    /// <summary>[2]: sines and cosines of one input rotation.</summary>
    public TLanes* Trigonometry { get; }

    /// <summary>[input]: the inputs of the block's circuits.</summary>
    public TLanes* Inputs { get; }

    /// <summary>[wire]: expectation values, or in the adjoint pass their cotangents.</summary>
    public TLanes* Outputs { get; }

    /// <summary>[qubit, 4]: the entry product.</summary>
    public TLanes* Qubits { get; }

    /// <summary>[qubit, 4]: what λ leaves for each qubit of the entry product.</summary>
    public TLanes* QubitCotangents { get; }

    /// <summary>[rotation]: dE/dα, summed over the blocks of a chunk for weights, one block's for inputs.</summary>
    public TLanes* Gradients { get; }

    /// <summary>[plane, slot]: Im(λ*ψ) before a diagonal is undone, summed over the blocks of a chunk.</summary>
    public TLanes* Products { get; }

    /// <summary>[input]: gradients of the block's circuits.</summary>
    public TLanes* InputGradients { get; }

    private TLanes* Take(long count)
    {
        var start = _next;
        _next += count + Stagger;
        return start;
    }
}
