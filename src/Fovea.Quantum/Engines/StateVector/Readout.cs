using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

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

        nint outputs = _plan.Terms.Length;
        for (var output = 0; output < outputs; output++)
        {
            var lanes = (T*)(_outputs + output);
            for (var lane = 0; lane < count; lane++)
                call.Expectations[((first + lane) * outputs) + output] = lanes[lane];
        }
    }

    /// <summary>Writes λ = Σ_i g_i O_i ψ; lanes past the batch get zero.</summary>
    public void Seed(Planes<TLanes> psi, Planes<TLanes> lambda, in BatchCall<T> call, int first, int count)
    {
        nint outputs = _plan.Terms.Length;
        new Span<TLanes>(_outputs, _plan.Terms.Length).Clear();
        for (var output = 0; output < outputs; output++)
        {
            var lanes = (T*)(_outputs + output);
            for (var lane = 0; lane < count; lane++)
                lanes[lane] = call.Cotangents[((first + lane) * outputs) + output];
        }

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
