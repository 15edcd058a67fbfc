using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>
/// The gates of the language and of its include files. What the files leave open is read as Qiskit's versions of them have
/// it: cu3 and cu are the controlled u3, rxx, ryy and rzz belong to qelib1.inc.
/// </summary>
internal static class StandardGates
{
    private const double QuarterTurn = Math.PI / 2;

    /// <summary>In stdgates.inc and in the first qelib1.inc.</summary>
    private static readonly StandardGate[] Common =
    [
        Plain("id", GateKind.I), Plain("x", GateKind.X), Plain("y", GateKind.Y), Plain("z", GateKind.Z),
        Plain("h", GateKind.H), Plain("s", GateKind.S), Plain("t", GateKind.T),
        Fixed("sdg", -QuarterTurn), Fixed("tdg", -QuarterTurn / 2),
        Turn("rx", GateKind.RX), Turn("ry", GateKind.RY), Turn("rz", GateKind.RZ),
        Plain("cx", GateKind.CNOT), Plain("cy", GateKind.CY), Plain("cz", GateKind.CZ), Plain("ccx", GateKind.Toffoli),
        Turn("crz", GateKind.CRZ), new("ch", 0, 2, AddControlledHadamard),
        Turn("u1", GateKind.Phase), new("u2", 2, 1, AddU2, IsExact: false), new("u3", 3, 1, AddU3, IsExact: false),
    ];

    /// <summary>In stdgates.inc and in later versions of qelib1.inc.</summary>
    private static readonly StandardGate[] Later =
    [
        Plain("sx", GateKind.SX), Plain("swap", GateKind.SWAP), new("cswap", 0, 3, AddControlledSwap),
        Turn("p", GateKind.Phase), Turn("cp", GateKind.ControlledPhase), Turn("crx", GateKind.CRX), Turn("cry", GateKind.CRY),
        new("cu", 4, 2, AddControlledU),
    ];

    /// <summary>In qelib1.inc: cu1 and cu3 always, the others in later versions.</summary>
    private static readonly StandardGate[] OnlyQelib1 =
    [
        Turn("cu1", GateKind.ControlledPhase), new("cu3", 3, 2, AddControlledU),
        new("u", 3, 1, AddU3, IsExact: false), new("sxdg", 0, 1, (sink, _, wires) => AddInverseRoot(sink, wires[0])),
        new("csx", 0, 2, AddControlledRoot),
        Turn("rxx", GateKind.RXX), Turn("ryy", GateKind.RYY), Turn("rzz", GateKind.RZZ),
    ];

    private static readonly HashSet<string> FirstQelib1 = [.. Common.Select(gate => gate.Name), "cu1", "cu3"];

    /// <summary>Known without any include file.</summary>
    public static IReadOnlyList<StandardGate> BuiltIn { get; } =
        [new("U", 3, 1, AddU3, IsExact: false)];

    /// <summary>Built into OpenQASM 2.</summary>
    public static StandardGate BuiltInCX { get; } = Plain("CX", GateKind.CNOT);

    public static IReadOnlyList<StandardGate> StdGates { get; } =
        [.. Common, .. Later, BuiltInCX, Turn("phase", GateKind.Phase), Turn("cphase", GateKind.ControlledPhase)];

    public static IReadOnlyList<StandardGate> Qelib1 { get; } = [.. Common, .. Later, .. OnlyQelib1];

    /// <summary>
    /// Whether a text may give the name of a gate to something else: qelib1.inc has grown, and a text written for its first
    /// version brings its own swap.
    /// </summary>
    public static bool MayBeRedefined(Gate gate, bool isVersion2) =>
        isVersion2 && gate is StandardGate && !FirstQelib1.Contains(gate.Name) && gate.Name is not ("U" or "CX");

    /// <summary>The inverse of the square root of X: H·S†·H.</summary>
    public static void AddInverseRoot(GateSink sink, int wire)
    {
        sink.Add(GateKind.H, wire);
        sink.Add(GateKind.Phase, AngleForm.Constant(-QuarterTurn), wire);
        sink.Add(GateKind.H, wire);
    }

    private static StandardGate Plain(string name, GateKind kind) =>
        new(name, 0, GateInfo.Of(kind).WireCount, (sink, _, wires) => sink.Add(kind, wires));

    private static StandardGate Turn(string name, GateKind kind) =>
        new(name, 1, GateInfo.Of(kind).WireCount, (sink, angles, wires) => sink.Add(kind, angles[0], wires));

    private static StandardGate Fixed(string name, double phase) =>
        new(name, 0, 1, (sink, _, wires) => sink.Add(GateKind.Phase, AngleForm.Constant(phase), wires));

    /// <summary>U(θ, φ, λ) = P(φ)·RY(θ)·P(λ) up to a global phase.</summary>
    private static void AddU3(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.Phase, angles[2], wires);
        sink.Add(GateKind.RY, angles[0], wires);
        sink.Add(GateKind.Phase, angles[1], wires);
    }

    private static void AddU2(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires) =>
        AddU3(sink, [AngleForm.Constant(QuarterTurn), angles[0], angles[1]], wires);

    /// <summary>
    /// cu3(θ, φ, λ), or cu(θ, φ, λ, γ) with a phase γ of its own: the control turns by γ, and each factor of U gets a control.
    /// </summary>
    private static void AddControlledU(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        if (angles.Length == 4)
            sink.Add(GateKind.Phase, angles[3], wires[0]);
        sink.Add(GateKind.ControlledPhase, angles[2], wires);
        sink.Add(GateKind.CRY, angles[0], wires);
        sink.Add(GateKind.ControlledPhase, angles[1], wires);
    }

    /// <summary>H = RY(π/4)·Z·RY(−π/4).</summary>
    private static void AddControlledHadamard(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.RY, AngleForm.Constant(-QuarterTurn / 2), wires[1]);
        sink.Add(GateKind.CZ, wires);
        sink.Add(GateKind.RY, AngleForm.Constant(QuarterTurn / 2), wires[1]);
    }

    /// <summary>√X = H·S·H.</summary>
    private static void AddControlledRoot(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.H, wires[1]);
        sink.Add(GateKind.ControlledPhase, AngleForm.Constant(QuarterTurn), wires);
        sink.Add(GateKind.H, wires[1]);
    }

    private static void AddControlledSwap(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.CNOT, wires[2], wires[1]);
        sink.Add(GateKind.Toffoli, wires);
        sink.Add(GateKind.CNOT, wires[2], wires[1]);
    }
}
