using System.Collections.Immutable;
using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Observables compiled for the slots of memory: every Pauli string once, strings of Z first, and the outputs as sums of them.
/// </summary>
internal sealed class ObservablePlan
{
    /// <summary>Compiles observables for the frame that the last gate leaves.</summary>
    public ObservablePlan(ImmutableArray<Observable> observables, IndexFrame frame, int wireCount)
    {
        Slots = frame.Slots();
        var strings = observables.SelectMany(observable => observable.Terms).Select(term => term.Pauli).Distinct().ToArray();
        OnlySingleZ = Array.TrueForAll(strings, pauli => pauli is { X: 0, Weight: 1 });
        strings = OnlySingleZ
            ? [.. Enumerable.Range(0, wireCount).Select(wire => PauliString.On('Z', wire))]
            : [.. strings.OrderBy(pauli => pauli.X != 0)];
        Strings = [.. strings.Select(pauli => Lower(pauli, frame))];
        DiagonalCount = strings.Count(pauli => pauli.X == 0);
        var numbers = Enumerable.Range(0, strings.Length).ToDictionary(number => strings[number]);
        var signs = Array.ConvertAll(strings, pauli => OnlySingleZ ? 1 : Sign(pauli, frame));
        Terms = [.. observables.Select(observable => observable.Terms
            .Select(term => (numbers[term.Pauli], signs[numbers[term.Pauli]] * term.Coefficient)).ToArray())];
    }

    /// <summary>The slot of each logical basis index.</summary>
    public int[] Slots { get; }

    /// <summary>The strings to measure: Z on every wire in wire order when <see cref="OnlySingleZ"/>.</summary>
    public MeasuredString[] Strings { get; }

    /// <summary>How many of <see cref="Strings"/>, the first ones, are strings of Z.</summary>
    public int DiagonalCount { get; }

    /// <summary>Whether there is nothing but Z on single wires, which has a kernel of its own.</summary>
    public bool OnlySingleZ { get; }

    /// <summary>Whether a phase of a basis state can be seen, which takes an X or a Y.</summary>
    public bool SeesPhases => DiagonalCount < Strings.Length;

    /// <summary>For each output, the strings it sums and their factors.</summary>
    public (int String, double Coefficient)[][] Terms { get; }

    private static MeasuredString Lower(PauliString pauli, IndexFrame frame)
    {
        var (flip, parity) = (0, 0);
        foreach (var wire in Wires(pauli.X))
            flip ^= frame.FlipMask(wire);
        foreach (var wire in Wires(pauli.Z))
            parity ^= frame.ParityMask(wire);
        return new MeasuredString(flip, parity, !int.IsEvenInteger(BitOperations.PopCount(pauli.X & pauli.Z)));
    }

    /// <summary>−1 for every Z on an inverted wire, and i for every Y but one.</summary>
    private static int Sign(PauliString pauli, IndexFrame frame)
    {
        var negations = Wires(pauli.Z).Count(frame.IsInverted) + (BitOperations.PopCount(pauli.X & pauli.Z) / 2);
        return int.IsEvenInteger(negations) ? 1 : -1;
    }

    private static IEnumerable<int> Wires(ulong mask) => Enumerable.Range(0, 64).Where(wire => (mask >> wire & 1) != 0);
}

/// <summary>Measures the final states of a block, and starts the adjoint pass from the outputs' cotangents.</summary>
internal sealed unsafe class Readout<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ObservablePlan _plan;
    private readonly int _wires;
    private readonly TLanes* _strings;
    private readonly TLanes* _outputs;
    private readonly TLanes* _scratch;

    /// <summary>Takes its registers from a worker's memory.</summary>
    public Readout(ObservablePlan plan, LaneMemory<TLanes> memory)
    {
        _plan = plan;
        _wires = BitOperations.TrailingZeroCount(plan.Slots.Length);
        _strings = memory.Take(plan.Strings.Length);
        _outputs = memory.Take(plan.Terms.Length);
        _scratch = memory.Take(plan.Slots.Length);
    }

    /// <summary>Writes the expectation values of circuits first … first+count−1.</summary>
    public void Store(Planes<TLanes> psi, in BatchCall<T> call, int first, int count)
    {
        if (_plan.OnlySingleZ)
            MeasurementKernel<TLanes, T>.Measure(psi, _plan.Slots, _wires, _scratch, _strings);
        else
            PauliKernel<TLanes, T>.Measure(psi, _plan, _scratch, _strings);
        for (var output = 0; output < _plan.Terms.Length; output++)
        {
            var sum = TLanes.Zero;
            foreach (var (number, coefficient) in _plan.Terms[output])
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(coefficient)), _strings[number], sum);
            _outputs[output] = sum;
        }

        var outputs = _plan.Terms.Length;
        LaneTransposition<T>.Store((T*)_outputs, sizeof(TLanes) / sizeof(T), outputs, call.Expectations + ((nint)first * outputs), count);
    }

    /// <summary>Writes λ = Σ_i g_i O_i ψ; lanes past the batch get zero.</summary>
    public void Seed(Planes<TLanes> psi, Planes<TLanes> lambda, in BatchCall<T> call, int first, int count)
    {
        var outputs = _plan.Terms.Length;
        var cotangents = call.Cotangents + ((nint)first * outputs);
        LaneTransposition<T>.Load(cotangents, count, outputs, (T*)_outputs, sizeof(TLanes) / sizeof(T), T.Zero);
        new Span<TLanes>(_strings, _plan.Strings.Length).Clear();
        for (var output = 0; output < outputs; output++)
        {
            foreach (var (number, coefficient) in _plan.Terms[output])
                _strings[number] = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(coefficient)), _outputs[output], _strings[number]);
        }

        if (_plan.OnlySingleZ)
            MeasurementKernel<TLanes, T>.Seed(psi, lambda, _plan.Slots, _wires, _scratch, _strings);
        else
            PauliKernel<TLanes, T>.Seed(psi, lambda, _plan, _scratch, _strings);
    }
}
