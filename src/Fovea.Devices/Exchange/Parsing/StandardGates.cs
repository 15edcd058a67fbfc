using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange.Parsing;

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
        Turn("u1", GateKind.Phase), new("u2", 2, 1, AddU2), new("u3", 3, 1, AddU3),
    ];

    /// <summary>In stdgates.inc and in later versions of qelib1.inc.</summary>
    private static readonly StandardGate[] Later =
    [
        Plain("sx", GateKind.SX), Plain("swap", GateKind.SWAP), new("cswap", 0, 3, AddControlledSwap),
        Turn("p", GateKind.Phase), Turn("cp", GateKind.ControlledPhase), Turn("crx", GateKind.CRX), Turn("cry", GateKind.CRY),
        new("cu", 4, 2, AddControlledU),
    ];

    /// <summary>
    /// In qelib1.inc (cu1 and cu3 always, the others in later versions), or Qiskit's and known by these names everywhere. They are
    /// read with the include file of either version, unless the text defines them itself, as Qiskit's exports do.
    /// </summary>
    private static readonly StandardGate[] Extra =
    [
        Turn("cu1", GateKind.ControlledPhase), new("cu3", 3, 2, AddControlledU), new("u0", 1, 1, (_, _, _) => { }),
        new("u", 3, 1, AddU), new("sxdg", 0, 1, (sink, _, wires) => AddInverseRoot(sink, wires[0])),
        Controlled("csx", 1, GateKind.SX), Controlled("cs", 1, GateKind.S), Controlled("csdg", 1, GateKind.Phase, -QuarterTurn),
        Turn("rxx", GateKind.RXX), Turn("ryy", GateKind.RYY), Turn("rzz", GateKind.RZZ), new("rzx", 1, 2, AddZx),
        Controlled("ccz", 2, GateKind.Z), Controlled("c3x", 3, GateKind.X), Controlled("c4x", 4, GateKind.X),
        Controlled("c3sqrtx", 3, GateKind.SX), Controlled("c3sx", 3, GateKind.SX), new("rccx", 0, 3, AddRelativeToffoli), new("rc3x", 0, 4, AddRelativeC3X),
        new("ecr", 0, 2, AddEchoedCrossResonance), new("iswap", 0, 2, AddISwap), new("dcx", 0, 2, AddDoubleCX), new("r", 2, 1, AddTurnInPlane),
    ];

    private static readonly HashSet<string> FirstQelib1 = [.. Common.Select(gate => gate.Name), "cu1", "cu3"];

    private static readonly HashSet<string> Extras = [.. Extra.Select(gate => gate.Name)];

    /// <summary>U of OpenQASM 2, where global phases mean nothing.</summary>
    public static StandardGate BuiltInU2 { get; } = new("U", 3, 1, AddU);

    /// <summary>U of OpenQASM 3: e^{iθ/2} times the u of Qiskit.</summary>
    public static StandardGate BuiltInU3 { get; } = new("U", 3, 1, AddBuiltInU);

    /// <summary>Built into OpenQASM 2.</summary>
    public static StandardGate BuiltInCX { get; } = Plain("CX", GateKind.CNOT);

    public static IReadOnlyList<StandardGate> StdGates { get; } =
        [.. Common, .. Later, BuiltInCX, Turn("phase", GateKind.Phase), Turn("cphase", GateKind.ControlledPhase), .. Extra];

    public static IReadOnlyList<StandardGate> Qelib1 { get; } = [.. Common, .. Later, .. Extra];

    /// <summary>Whether a gate may be missing from a version of its include file, so that any other meaning of its name goes first.</summary>
    public static bool IsExtra(StandardGate gate) => Extras.Contains(gate.Name) && !FirstQelib1.Contains(gate.Name);

    /// <summary>
    /// Whether a text may give the name of a gate to something else: qelib1.inc has grown, and a text written for its first
    /// version brings its own swap; stdgates.inc has none of the extra gates.
    /// </summary>
    public static bool MayBeRedefined(Gate gate, bool isVersion2) =>
        gate is StandardGate && (isVersion2 ? !FirstQelib1.Contains(gate.Name) && gate.Name is not ("U" or "CX") : Extras.Contains(gate.Name));

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

    /// <summary>A gate under controls, as c3x.</summary>
    private static StandardGate Controlled(string name, int controls, GateKind kind, double? angle = null) => new(
        name, 0, controls + 1, (sink, _, wires) => new ControlledOperations(sink).Add(
            wires[..^1], new Operation(kind, [wires[^1]], angle is { } value ? Angle.Constant(value) : null)));

    /// <summary>The U of OpenQASM 3 has the phase θ/2 that makes U(π, 0, π) = i·X.</summary>
    private static void AddBuiltInU(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        AddU(sink, angles, wires);
        sink.AddPhase(angles[0].Scale(0.5));
    }

    /// <summary>u3 of stdgates.inc: e^{−i(φ+λ)/2} times the u of Qiskit.</summary>
    private static void AddU3(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        AddU(sink, angles, wires);
        sink.AddPhase(angles[1].Add(angles[2]).Scale(-0.5));
    }

    /// <summary>u(θ, φ, λ) = P(φ)·RY(θ)·P(λ).</summary>
    private static void AddU(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
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

    /// <summary>exp(−iθ Z⊗X/2).</summary>
    private static void AddZx(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.H, wires[1]);
        sink.Add(GateKind.RZZ, angles[0], wires);
        sink.Add(GateKind.H, wires[1]);
    }

    /// <summary>RZX(π/4), X on the first, RZX(−π/4), as Qiskit defines it.</summary>
    private static void AddEchoedCrossResonance(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        AddZx(sink, [AngleForm.Constant(QuarterTurn / 2)], wires);
        sink.Add(GateKind.X, wires[0]);
        AddZx(sink, [AngleForm.Constant(-QuarterTurn / 2)], wires);
    }

    /// <summary>|01⟩ → i|10⟩ and back: exp(iπ(X⊗X + Y⊗Y)/4).</summary>
    private static void AddISwap(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.RXX, AngleForm.Constant(-QuarterTurn), wires);
        sink.Add(GateKind.RYY, AngleForm.Constant(-QuarterTurn), wires);
    }

    private static void AddDoubleCX(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.CNOT, wires);
        sink.Add(GateKind.CNOT, wires[1], wires[0]);
    }

    /// <summary>r(θ, φ): a turn by θ about the axis at φ in the plane of X and Y, RZ(φ)·RX(θ)·RZ(−φ).</summary>
    private static void AddTurnInPlane(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.RZ, angles[1].Scale(-1), wires);
        sink.Add(GateKind.RX, angles[0], wires);
        sink.Add(GateKind.RZ, angles[1], wires);
    }

    /// <summary>A Toffoli gate up to phases, with three CX (Margolus): qelib1.inc's sequence.</summary>
    private static void AddRelativeToffoli(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.H, wires[2]);
        AddFlipBetweenEighths(sink, wires[1], wires[2]);
        sink.Add(GateKind.CNOT, wires[0], wires[2]);
        AddFlipBetweenEighths(sink, wires[1], wires[2]);
        sink.Add(GateKind.H, wires[2]);
    }

    /// <summary>X under three controls up to phases, with six CX: qelib1.inc's sequence.</summary>
    private static void AddRelativeC3X(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        var target = wires[3];
        sink.Add(GateKind.H, target);
        AddFlipBetweenEighths(sink, wires[2], target);
        sink.Add(GateKind.H, target);
        sink.Add(GateKind.CNOT, wires[0], target);
        AddFlipBetweenEighths(sink, wires[1], target);
        sink.Add(GateKind.CNOT, wires[0], target);
        AddFlipBetweenEighths(sink, wires[1], target);
        sink.Add(GateKind.H, target);
        AddFlipBetweenEighths(sink, wires[2], target);
        sink.Add(GateKind.H, target);
    }

    /// <summary>T, CX, T†.</summary>
    private static void AddFlipBetweenEighths(GateSink sink, int control, int target)
    {
        sink.Add(GateKind.T, target);
        sink.Add(GateKind.CNOT, control, target);
        sink.Add(GateKind.Phase, AngleForm.Constant(-QuarterTurn / 2), target);
    }

    private static void AddControlledSwap(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Add(GateKind.CNOT, wires[2], wires[1]);
        sink.Add(GateKind.Toffoli, wires);
        sink.Add(GateKind.CNOT, wires[2], wires[1]);
    }
}

/// <summary>
/// Names that other languages and other include files give to gates that are read here. Only these are suggested for an unknown
/// name: a name that is spelt alike means another gate more often than it is a slip.
/// </summary>
internal static class OtherGateNames
{
    // The gate, the same gate in the first qelib1.inc where it has another name, then its names elsewhere.
    private static readonly string[][] Groups =
    [
        ["x", "not", "paulix"], ["y", "pauliy"], ["z", "pauliz"], ["h", "hadamard"], ["id", "i", "iden", "identity"],
        ["sdg", "sdag", "sdagger", "si"], ["tdg", "tdag", "tdagger", "ti"], ["sx", "sqrtx", "sqrtnot", "v", "srn"], ["sxdg", "sxdag", "vdg", "vi"],
        ["p", "u1", "phase", "phaseshift", "r1"], ["cp", "cu1", "cphase", "cphaseshift", "controlledphase", "cr1"],
        ["cx", "cnot"], ["ccx", "toffoli", "ccnot"], ["cswap", "fredkin"], ["rxx", "xx", "isingxx"], ["ryy", "yy", "isingyy"], ["rzz", "zz", "isingzz"],
        ["c3x", "cccx"], ["c4x", "ccccx"], ["rc3x", "rcccx"], ["rccx", "margolus"],
    ];

    /// <summary>"; did you mean 'cx'?", or nothing.</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="gates">The gates that are known.</param>
    public static string Hint(string name, IReadOnlyList<StandardGate> gates)
    {
        // A name in other letters, as CX or RX, means the same.
        string[] meant = [name, .. Groups.FirstOrDefault(group => group.Contains(name, StringComparer.OrdinalIgnoreCase)) ?? []];
        var found = meant.Select(other => gates.FirstOrDefault(gate => gate.Name.Equals(other, StringComparison.OrdinalIgnoreCase))).OfType<StandardGate>();
        return found.FirstOrDefault() is { } gate ? $"; did you mean '{gate.Name}'?" : "";
    }
}
