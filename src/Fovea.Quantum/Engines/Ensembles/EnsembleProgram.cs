using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.Engines.Ensembles;

/// <summary>
/// Runs one circuit for many samples that each have their own inputs and weights: the states themselves, ideal or as noise trajectories
/// (one Kraus operator a channel, by chance; Dalibard, Castin and Mølmer 1992). Made for statistics over random circuits; for one set of
/// weights the engines are faster.
/// </summary>
public sealed class EnsembleProgram
{
    private readonly Circuit _circuit;
    private readonly EnsembleGate[] _gates;
    private readonly (EnsembleChannel? Channel, int Gate)[] _steps;

    /// <summary>Prepares a circuit without noise.</summary>
    /// <exception cref="NotSupportedException">It starts from amplitudes.</exception>
    public EnsembleProgram(Circuit circuit)
        : this(new NoisyCircuit(circuit, []))
    {
    }

    /// <summary>Prepares a circuit with noise. Errors of the measurement are left to the reader of the states.</summary>
    /// <exception cref="NotSupportedException">It starts from amplitudes, or a channel on two wires is not a mixture of Pauli strings.</exception>
    public EnsembleProgram(NoisyCircuit noisy)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        StateVectorMemory.CheckWires(noisy.Circuit);
        if (noisy.Circuit.Preparation != StatePreparation.Zero)
            throw new NotSupportedException("ensembles start from |0…0⟩, not from amplitudes");
        _circuit = noisy.Circuit;
        _gates = [.. _circuit.Operations.Select(operation => new EnsembleGate(operation))];
        _steps =
        [
            .. noisy.Steps.Select(step => (step.Channel is { } channel ? EnsembleChannel.Of(channel.Channel, [.. channel.Wires]) : null, step.Position)),
        ];
    }

    /// <summary>Number of wires.</summary>
    public int WireCount => _circuit.WireCount;

    /// <summary>Evolves from |0…0⟩.</summary>
    /// <param name="state">Receives the states; as many wires as the circuit.</param>
    /// <param name="inputs">[lane, InputCount].</param>
    /// <param name="weights">[lane, WeightCount].</param>
    /// <param name="luck">[lane]: random numbers of the trajectories; empty to leave noise out.</param>
    /// <exception cref="ArgumentException">A length that does not fit.</exception>
    public void Run(EnsembleState state, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, ReadOnlySpan<CounterRandom> luck = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        Check(state, inputs, weights, luck);
        state.Reset();
        Span<double> angles = stackalloc double[EnsembleState.Lanes];
        foreach (var (channel, gate) in _steps)
        {
            if (channel is not null)
            {
                if (!luck.IsEmpty)
                    channel.Apply(state, luck);
                continue;
            }

            if (_circuit.Operations[gate].Angle is { } angle)
                FillAngles(angle, inputs, weights, angles);
            _gates[gate].Apply(state, angles);
        }
    }

    private void FillAngles(Angle angle, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, Span<double> angles)
    {
        for (var lane = 0; lane < angles.Length; lane++)
        {
            angles[lane] = angle.Evaluate(
                inputs.Slice(lane * _circuit.InputCount, _circuit.InputCount), weights.Slice(lane * _circuit.WeightCount, _circuit.WeightCount));
        }
    }

    private void Check(EnsembleState state, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, ReadOnlySpan<CounterRandom> luck)
    {
        if (state.WireCount != WireCount)
            throw new ArgumentException($"the states have {state.WireCount} wires, the circuit {WireCount}", nameof(state));
        if (inputs.Length != EnsembleState.Lanes * _circuit.InputCount)
            throw new ArgumentException($"{inputs.Length} inputs are given, {EnsembleState.Lanes} × {_circuit.InputCount} are needed", nameof(inputs));
        if (weights.Length != EnsembleState.Lanes * _circuit.WeightCount)
            throw new ArgumentException($"{weights.Length} weights are given, {EnsembleState.Lanes} × {_circuit.WeightCount} are needed", nameof(weights));
        if (!luck.IsEmpty && luck.Length != EnsembleState.Lanes)
            throw new ArgumentException($"{luck.Length} sources of random numbers are given, {EnsembleState.Lanes} are needed", nameof(luck));
    }
}
