using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>What a program has declared and done up to the statement being read.</summary>
internal sealed class ProgramState
{
    /// <summary>The most classical bits.</summary>
    public const int MaxBits = 4096;

    private readonly Dictionary<string, Symbol> _symbols = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, int> _wireByBit = [];
    private ulong _touchedWires;
    private ulong _measuredWires;

    public ProgramState(bool isVersion2)
    {
        IsVersion2 = isVersion2;
        Sink = new GateSink(Budget);
        foreach (var (name, value) in new[] { ("pi", Math.PI), ("π", Math.PI), ("tau", Math.Tau), ("τ", Math.Tau), ("euler", Math.E), ("ℇ", Math.E) })
        {
            if (!isVersion2 || name == "pi")
                _symbols.Add(name, new NumberSymbol(AngleForm.Constant(value)));
        }

        if (isVersion2)
            AddGates([StandardGates.BuiltInU2, StandardGates.BuiltInCX]);
        else
            AddGates([StandardGates.BuiltInU3, new GlobalPhaseGate()]);
    }

    public bool IsVersion2 { get; }

    public ExpansionBudget Budget { get; } = new();

    public GateSink Sink { get; }

    public List<string> Inputs { get; } = [];

    /// <summary>[wire], "q[0]".</summary>
    public List<string> Qubits { get; } = [];

    /// <summary>[bit], "c[0]".</summary>
    public List<string> Bits { get; } = [];

    /// <summary>The measured bits and their wires, in the order of the bits.</summary>
    public IReadOnlyDictionary<int, int> WireByBit => _wireByBit;

    public void AddGates(IEnumerable<Gate> gates)
    {
        foreach (var gate in gates)
            _symbols[gate.Name] = new GateSymbol(gate);
    }

    /// <summary>The meaning of a name, or null.</summary>
    public Symbol? Find(string name) => _symbols.GetValueOrDefault(name);

    public void Declare(Token name, Symbol symbol)
    {
        if (_symbols.TryGetValue(name.Text, out var known)
            && !(known is GateSymbol { Gate: var gate } && StandardGates.MayBeRedefined(gate, IsVersion2)))
        {
            throw name.Position.Error($"{name} is declared already", "a name is declared once, and not like a gate or a constant");
        }

        _symbols[name.Text] = symbol;
    }

    public void DeclareInput(Token name)
    {
        Declare(name, new NumberSymbol(AngleForm.Input(Inputs.Count)));
        Inputs.Add(name.Text);
    }

    public RegisterSymbol DeclareRegister(Token name, bool isQuantum, int? size)
    {
        var names = isQuantum ? Qubits : Bits;
        var limit = isQuantum ? Circuit.MaxWires : MaxBits;
        var count = size ?? 1;
        if (count > limit - names.Count)
            throw name.Position.Error($"more than {limit} {(isQuantum ? "qubits" : "bits")}", $"a circuit has at most {limit}");
        var register = new RegisterSymbol(name.Text, isQuantum, names.Count, count, size.HasValue);
        Declare(name, register);
        names.AddRange(Enumerable.Range(0, count).Select(register.NameOf));
        return register;
    }

    /// <summary>Appends a gate.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="angles">Its angles.</param>
    /// <param name="wires">Its wires, not checked yet.</param>
    /// <param name="position">Where it is called.</param>
    public void Apply(Gate gate, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires, SourcePosition position)
    {
        for (var i = 0; i < wires.Length; i++)
        {
            if (wires[..i].Contains(wires[i]))
                throw position.Error($"'{gate.Name}' gets {Qubits[wires[i]]} twice", "the qubits of a gate differ");
            if ((_measuredWires >> wires[i] & 1) != 0)
                throw position.Error($"a gate on {Qubits[wires[i]]} after its measurement", "a qubit is measured after its last gate");
            _touchedWires |= 1UL << wires[i];
        }

        Sink.Position = position;
        gate.Expand(Sink, angles, wires);
    }

    public void Measure(int wire, int bit, SourcePosition position)
    {
        if (!_wireByBit.TryAdd(bit, wire))
            throw position.Error($"{Bits[bit]} is measured into twice", "a bit holds one measurement");
        _measuredWires |= 1UL << wire;
    }

    public void Reset(int wire, SourcePosition position)
    {
        if (((_touchedWires | _measuredWires) >> wire & 1) != 0)
            throw position.Error($"a reset of {Qubits[wire]} after it was used", "a qubit is reset before its first gate only");
    }
}

/// <summary>What a name in a text stands for.</summary>
internal abstract record Symbol;

/// <summary>A gate.</summary>
internal sealed record GateSymbol(Gate Gate) : Symbol;

/// <summary>A constant or an input.</summary>
internal sealed record NumberSymbol(AngleForm Value) : Symbol;

/// <summary>Qubits or classical bits under one name.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsQuantum">Qubits, not bits.</param>
/// <param name="First">Number of the first: the wire of a qubit.</param>
/// <param name="Size">How many.</param>
/// <param name="IsArray">Declared with a size, so that it may be indexed.</param>
internal sealed record RegisterSymbol(string Name, bool IsQuantum, int First, int Size, bool IsArray) : Symbol
{
    /// <summary>"q[2]", or "q" for a single one.</summary>
    public string NameOf(int offset) => IsArray ? $"{Name}[{offset}]" : Name;
}

/// <summary>Which names an exported parameter may have.</summary>
internal static class ParameterNames
{
    /// <summary>Words that exported files use themselves.</summary>
    private static readonly HashSet<string> Taken =
    [
        "OPENQASM", "include", "qubit", "bit", "qreg", "creg", "input", "const", "gate", "measure", "barrier", "reset", "gphase",
        "inv", "ctrl", "pi", "tau", "euler", "void", "true", "false", "im", "q", "c", "U",
        .. FunctionExpression.Functions.Keys,
        .. StandardGates.StdGates.Select(gate => gate.Name),
        .. StandardGates.Qelib1.Select(gate => gate.Name),
    ];

    public static bool IsAllowed(string? name) => !string.IsNullOrEmpty(name)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0])
        && !Taken.Contains(name) && UnsupportedWords.Find(name) is null;
}
