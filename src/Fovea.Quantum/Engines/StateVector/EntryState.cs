using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// The state before the stages, made from a block's inputs: a product of qubits, or amplitudes; and the way back from the
/// adjoint state there.
/// </summary>
internal sealed unsafe class EntryState<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExecutionPlan _plan;
    private readonly RotationRegisters<TLanes, T> _registers;
    private readonly InputLanes<TLanes, T> _inputs;
    private readonly int _wires;
    private readonly bool _isAmplitudes;
    private readonly TLanes* _qubits;
    private readonly TLanes* _qubitCotangents;
    private readonly TLanes* _scratch;
    private readonly TLanes* _inverseNorm;

    /// <summary>Takes its registers from a worker's memory.</summary>
    public EntryState(
        ExecutionPlan plan, LaneMemory<TLanes> memory, RotationRegisters<TLanes, T> registers, InputLanes<TLanes, T> inputs)
    {
        _plan = plan;
        _registers = registers;
        _inputs = inputs;
        _wires = plan.Circuit.WireCount;
        _isAmplitudes = plan.Circuit.Preparation == StatePreparation.Amplitudes;
        _inverseNorm = memory.Take(1);
        if (_isAmplitudes)
            return;
        _qubits = memory.Take(QubitChain<TLanes, T>.Size * _wires);
        _qubitCotangents = memory.Take(QubitChain<TLanes, T>.Size * _wires);
        _scratch = memory.Take(ProductKernel<TLanes, T>.ScratchSize(_wires));
    }

    /// <summary>
    /// A factor of the state (<see cref="WeightTables{T}.EntryScale"/>). λ is smaller by as much, so that gradients, which are products
    /// of both, are right as they are.
    /// </summary>
    public TLanes Scale { get; set; } = TLanes.Broadcast(T.One);

    /// <summary>Takes over the inputs just loaded; needed before either of the others.</summary>
    public void Load()
    {
        if (_isAmplitudes)
        {
            AmplitudeKernel<TLanes, T>.InverseNorm(_inputs.Values, 1 << _wires, _inverseNorm);
            return;
        }

        for (var bit = 0; bit < _wires; bit++)
        {
            var start = bit == 0 ? Scale : TLanes.Broadcast(T.One);
            QubitChain<TLanes, T>.Prepare(_plan.Chains[bit], _plan, _registers.Coefficients, start, Qubit(bit));
        }
    }

    /// <summary>Writes the state, [slot].</summary>
    public void Prepare(Planes<TLanes> psi)
    {
        if (_isAmplitudes)
            AmplitudeKernel<TLanes, T>.Prepare(_inputs.Values, 1 << _wires, *_inverseNorm, Scale, psi);
        else
            ProductKernel<TLanes, T>.Build(_qubits, _wires, psi, _scratch);
    }

    /// <summary>Adds the gradients of rotations and inputs that made the state. Amplitudes read only the real part.</summary>
    /// <param name="lambda">The adjoint state before the stages, [slot].</param>
    public void Undo(Planes<TLanes> lambda)
    {
        if (_isAmplitudes)
        {
            AmplitudeKernel<TLanes, T>.AddGradients(
                _inputs.Values, 1 << _wires, *_inverseNorm, Scale, lambda.Re, _inputs.Gradients);
            return;
        }

        ProductKernel<TLanes, T>.Contract(_qubits, _wires, lambda, _qubitCotangents, _scratch);
        for (var bit = 0; bit < _wires; bit++)
        {
            QubitChain<TLanes, T>.Undo(
                _plan.Chains[bit],
                _plan,
                _registers.Coefficients,
                Qubit(bit),
                _qubitCotangents + (QubitChain<TLanes, T>.Size * bit),
                _registers.Gradients);
        }
    }

    private TLanes* Qubit(int bit) => _qubits + (QubitChain<TLanes, T>.Size * bit);
}
