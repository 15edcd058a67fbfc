using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Devices.Compilation;

/// <summary>
/// Writes a schedule as a noisy circuit, in order of start times: each gate, then its channels; one channel for a qubit's whole wait
/// before the gate that ends it, or at the end. Left out exactly where it does nothing: the wait of a qubit in |0⟩ that relaxes to |0⟩,
/// and the last wait of a qubit that nobody measures.
/// </summary>
internal sealed class NoisyWriter
{
    private readonly DeviceGraph _map;
    private readonly GateNoise _noise;
    private readonly int[] _wires;
    private readonly bool _idles;
    private readonly long[] _free;
    private readonly bool[] _isTouched;
    private readonly List<Operation> _operations = [];
    private readonly List<ChannelInsertion> _channels = [];

    /// <param name="map">The device.</param>
    /// <param name="qubits">[wire].</param>
    /// <param name="relaxationWhileIdle">Whether waiting qubits relax.</param>
    public NoisyWriter(DeviceGraph map, int[] qubits, bool relaxationWhileIdle)
    {
        (_map, _noise, _idles) = (map, new GateNoise(map), relaxationWhileIdle);
        _wires = new int[map.QubitCount];
        for (var wire = 0; wire < qubits.Length; wire++)
            _wires[qubits[wire]] = wire;
        (_free, _isTouched) = (new long[map.QubitCount], new bool[map.QubitCount]);
        Qubits = qubits;
    }

    private int[] Qubits { get; }

    /// <summary>The noisy circuit.</summary>
    /// <param name="schedule">Its gates.</param>
    /// <param name="logical">Its inputs, weights and outputs.</param>
    /// <param name="measured">[logical wire]: the qubit it is measured on.</param>
    public NoisyCircuit Write(Schedule schedule, Circuit logical, ReadOnlySpan<int> measured)
    {
        foreach (var gate in schedule.Gates)
            Add(gate);
        var readout = new ReadoutError[Qubits.Length];
        foreach (var qubit in measured)
        {
            Wait(qubit, schedule.End);
            readout[_wires[qubit]] = _map.Profile.Qubits[qubit].Readout;
        }

        int[] wires = [.. measured.ToArray().Select(qubit => _wires[qubit])];
        var observables = logical.Observables.Select(observable => Moved(observable, wires));
        var circuit = new Circuit(Qubits.Length, logical.InputCount, logical.WeightCount, _operations, observables);
        return new NoisyCircuit(circuit, _channels, readout);
    }

    private void Add(ScheduledGate scheduled)
    {
        var gate = scheduled.Gate;
        if (gate.Kind == NativeKind.Rotation)
        {
            _operations.Add(new(GateKind.RZ, [_wires[gate.First]], gate.Angle));
            return;
        }

        foreach (var qubit in gate.Qubits)
        {
            Wait(qubit, scheduled.Start);
            (_free[qubit], _isTouched[qubit]) = (scheduled.End, true);
        }

        AddOperations(gate);
        foreach (var (channel, qubits) in _noise.Of(gate))
            _channels.Add(new(_operations.Count, channel, [.. qubits.Select(qubit => _wires[qubit])]));
    }

    private void AddOperations(NativeGate gate)
    {
        var first = _wires[gate.First];
        if (gate.Kind == NativeKind.Pulse)
        {
            _operations.Add(new(GateKind.SX, [first]));
            return;
        }

        var second = _wires[gate.Second];
        var entangler = _map.Entangler(gate.First, gate.Second);
        var kind = entangler switch
        {
            EntanglingGate.CZ => GateKind.CZ,
            EntanglingGate.RZZ => GateKind.RZZ,
            _ => GateKind.CNOT,
        };
        _operations.Add(new(kind, [first, second], gate.Angle));
        if (entangler != EntanglingGate.ECR)
            return;
        _operations.Add(new(GateKind.SX, [second]));
        _operations.Add(new(GateKind.X, [first]));
    }

    private void Wait(int qubit, long until)
    {
        var gap = until - _free[qubit];
        var isInZero = !_isTouched[qubit] && _map.Profile.Qubits[qubit].ExcitedPopulation == 0;
        if (_idles && gap > 0 && !isInZero)
            _channels.Add(new(_operations.Count, _noise.Idle(qubit, gap), [_wires[qubit]]));
    }

    private static Observable Moved(Observable observable, int[] wires) => new(observable.Terms.Select(term =>
        term with { Pauli = new PauliString(0, Moved(term.Pauli.Z, wires)) }));

    private static ulong Moved(ulong mask, int[] wires) =>
        wires.Select((wire, k) => ((mask >> k) & 1) << wire).Aggregate(0UL, (moved, bit) => moved | bit);
}
