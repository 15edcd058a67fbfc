using System.Collections.Immutable;
using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Compilation;

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
        var schedule = Schedule.Build(_map, gates);
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

/// <summary>How a circuit is compiled to a device.</summary>
public sealed record CompilationOptions
{
    /// <summary>Most trials accepted.</summary>
    public const int MaxTrials = 1000;

    /// <summary>Largest folding factor accepted.</summary>
    public const int MaxFoldingFactor = 99;

    /// <summary>Largest factor on a device's noise accepted.</summary>
    public const double MaxNoiseScale = 1000;

    /// <summary>Seed of the layout and routing trials: equal seeds give equal circuits.</summary>
    public ulong Seed { get; init; }

    /// <summary>Layouts that are routed, and most embeddings without SWAPs that are compared with them, 1 to <see cref="MaxTrials"/>.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>
    /// Odd f = 2k + 1, 1 to <see cref="MaxFoldingFactor"/>: every entangling gate G becomes G·(G†G)ᵏ, which is G with f times its
    /// noise, for extrapolation to zero noise (Giurgica-Tiron et al. 2020, arXiv 2005.10921).
    /// </summary>
    public int FoldingFactor { get; init; } = 1;

    /// <summary>Whether qubits relax while they wait for others, up to the common measurement.</summary>
    public bool RelaxationWhileIdle { get; init; } = true;

    /// <summary>
    /// Factor on the device's noise, 0 to <see cref="MaxNoiseScale"/>. Layout, routing and schedule are those of the device as it is, so that levels of
    /// noise compare the same gates.
    /// </summary>
    public double NoiseScale { get; init; } = 1;

    /// <summary>Whether a number can be a factor on a device's noise: 0 to <see cref="MaxNoiseScale"/>.</summary>
    public static bool IsNoiseScale(double scale) => scale is >= 0 and <= MaxNoiseScale;

    /// <summary>Every problem of these settings, one line each with the allowed values; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Trials is < 1 or > MaxTrials)
            problems.Add($"trials: {Trials} is not allowed; allowed: 1 to {MaxTrials}");
        if (FoldingFactor is < 1 or > MaxFoldingFactor || int.IsEvenInteger(FoldingFactor))
            problems.Add($"folding factor: {FoldingFactor} is not allowed; allowed: odd numbers from 1 to {MaxFoldingFactor}");
        if (!IsNoiseScale(NoiseScale))
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"noise scale: {NoiseScale} is not allowed; allowed: 0 to {MaxNoiseScale}"));
        return problems;
    }

    internal void ThrowIfInvalid()
    {
        var problems = Validate();
        if (problems.Count > 0)
            throw new InputException("compilation: " + string.Join("; ", problems));
    }
}
