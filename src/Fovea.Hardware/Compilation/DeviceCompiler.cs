using System.Collections.Immutable;
using Fovea.Core.Errors;
using Fovea.Hardware.Profiles;
using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Compilation;

/// <summary>
/// Compiles circuits to a device: its native gates, its couplings, its durations and its noise. Angles stay symbols, so one compilation
/// serves all inputs and weights; rotations that follow each other are therefore not merged, where a compiler that knows the angles
/// would make two pulses of RY(x)·RX(w). Equal seeds give equal circuits.
/// </summary>
public sealed class DeviceCompiler
{
    private readonly DeviceGraph _map;
    private readonly DeviceGraph _noise;
    private readonly CompilationOptions _options;

    /// <summary>Creates a compiler for one device.</summary>
    /// <param name="profile">The device.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="InputException">The options are invalid; the message joins every problem.</exception>
    public DeviceCompiler(DeviceProfile profile, CompilationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _options = options ?? new();
        _options.ThrowIfInvalid();
        Profile = profile;
        _map = new DeviceGraph(profile);
        _noise = _options.NoiseScale == 1 ? _map : new DeviceGraph(profile.Scaled(_options.NoiseScale));
    }

    /// <summary>The device.</summary>
    public DeviceProfile Profile { get; }

    /// <summary>The circuit on the device.</summary>
    /// <exception cref="InputException">The device cannot run the circuit, or measures something else than Z; one line.</exception>
    public CompiledCircuit Compile(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        Check(circuit);
        var layout = new LayoutSearch(_map, circuit.WireCount, Lowering.Lower(circuit), _options).Best();
        var gates = NativeWriter.Write(_map, layout.Steps, _options.FoldingFactor);
        var schedule = Schedule.Of(_map, gates);
        var qubits = layout.UsedQubits();
        var noisy = new NoisyWriter(_noise, qubits, _options.RelaxationWhileIdle).Write(schedule, circuit, layout.End.Qubits);
        return new CompiledCircuit
        {
            Logical = circuit,
            Profile = Profile,
            Noisy = noisy,
            Qubits = [.. qubits],
            InitialWires = Wires(layout.Start, qubits),
            FinalWires = Wires(layout.End, qubits),
            Report = new CompilationReport
            {
                Device = Profile.Name,
                Qubits = qubits.Length,
                VirtualRotations = gates.Count(gate => gate.Kind == NativeKind.Rotation),
                Pulses = gates.Count(gate => gate.Kind == NativeKind.Pulse),
                Entanglers = gates.Count(gate => gate.Kind == NativeKind.Entangler),
                Swaps = layout.Swaps,
                Depth = schedule.Depth,
                Seconds = Schedule.Seconds(schedule.End),
                NoiseOperations = noisy.NoiseCount,
            },
        };
    }

    private static ImmutableArray<int> Wires(Layout layout, int[] qubits) =>
        [.. layout.Qubits.ToArray().Select(qubit => Array.BinarySearch(qubits, qubit))];

    private void Check(Circuit circuit)
    {
        var place = $"device {Profile.Name}: ";
        if (circuit.WireCount > Profile.Qubits.Length)
            throw new InputException($"{place}it has {Profile.Qubits.Length} qubit(s), the circuit needs {circuit.WireCount}");
        if (circuit.Preparation != StatePreparation.Zero)
            throw new InputException($"{place}the circuit starts from amplitudes, which no native gate prepares; allowed are circuits that start from |0…0⟩");
        if (circuit.Observables.FirstOrDefault(observable => observable.Terms.Any(term => term.Pauli.X != 0)) is { } observable)
            throw new InputException($"{place}observable {observable} is not measured in the computational basis; allowed are sums of Z strings, like Z0*Z3");
    }
}
