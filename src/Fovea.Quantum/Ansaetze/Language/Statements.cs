using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>One statement of a section or a block.</summary>
/// <param name="line">The line it begins in.</param>
internal abstract class Statement(int line)
{
    /// <summary>The line it begins in.</summary>
    public int Line => line;

    /// <summary>Appends its gates.</summary>
    /// <exception cref="Core.Errors.InputException">It breaks a rule with the values of the frame.</exception>
    public abstract void Run(Frame frame, LayerBuild build);

    /// <summary>Runs statements in turn.</summary>
    public static void RunAll(IReadOnlyList<Statement> statements, Frame frame, LayerBuild build)
    {
        foreach (var statement in statements)
        {
            build.Step(statement.Line, frame);
            statement.Run(frame, build);
        }
    }
}

/// <summary>The statements of a block with values for its parameters.</summary>
internal sealed class CallStatement(int line, Block block, IReadOnlyList<WholeNumber> arguments) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build)
    {
        var inner = frame.ForBlock(block.FrameSize);
        for (var i = 0; i < arguments.Count; i++)
            inner[Scope.FirstFreeSlot + i] = arguments[i].Value(frame);
        RunAll(block.Body, inner, build);
    }
}

/// <summary>One of two lists of statements, by a condition.</summary>
internal sealed class ChoiceStatement(int line, WholeNumber condition, IReadOnlyList<Statement> then, IReadOnlyList<Statement> otherwise) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build) => RunAll(condition.Holds(frame) ? then : otherwise, frame, build);
}

/// <summary>A gate, or the three of Rot, on given wires.</summary>
/// <param name="line">Its line.</param>
/// <param name="gate">What it is called and made of.</param>
/// <param name="angles">An angle for each gate that takes one; null where each takes a new weight.</param>
/// <param name="wires">The wires, controls first.</param>
internal sealed class GateStatement(int line, NamedGate gate, IReadOnlyList<AngleValue>? angles, IReadOnlyList<WholeNumber> wires) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build)
    {
        Span<int> acted = stackalloc int[wires.Count];
        for (var i = 0; i < acted.Length; i++)
            acted[i] = Wire(wires[i].Value(frame), acted[..i], frame, build);
        for (var i = 0; i < gate.Parts.Count; i++)
            build.Append(gate.Parts[i], Angle(i, frame, build), acted, Line, frame);
    }

    private int Wire(long value, ReadOnlySpan<int> earlier, Frame frame, LayerBuild build)
    {
        if (value < 0 || value >= build.WireCount)
            throw frame.Problem(Line, $"{gate.Name}: wire {value} is outside 0..{build.WireCount - 1}");
        return earlier.Contains((int)value)
            ? throw frame.Problem(Line, $"{gate.Name}: wire {value} comes twice; its wires must differ")
            : (int)value;
    }

    private Angle? Angle(int part, Frame frame, LayerBuild build)
    {
        if (!gate.Parts[part].HasAngle)
            return null;
        if (angles is null)
            return build.NewWeight();
        var value = angles[part].Value(frame);
        if (!double.IsFinite(value))
            throw frame.Problem(Line, $"{gate.Name}: the angle or its factor is {value}, not a finite number; a divisor may be 0");
        return angles[part].Weight is { } weight ? build.SharedWeight(weight, value) : Circuits.Angle.Constant(value);
    }
}

/// <summary>A loop over a range with both ends in it.</summary>
internal sealed class LoopStatement(
    int line,
    int slot,
    (WholeNumber First, WholeNumber Last, WholeNumber Step) range,
    IReadOnlyList<Statement> body) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build)
    {
        var (first, last, step) = (range.First.Value(frame), range.Last.Value(frame), range.Step.Value(frame));
        if (step == 0)
            throw frame.Problem(Line, ZeroStep);
        for (var value = first; step > 0 ? value <= last : value >= last; value += step)
        {
            build.Step(Line, frame);
            frame[slot] = value;
            RunAll(body, frame, build);
        }
    }

    /// <summary>What is said of a loop that would not end.</summary>
    public const string ZeroStep = "the step is 0; allowed: any other whole number";
}

/// <summary>Weights that no gate uses: a published program may own such.</summary>
internal sealed class UnusedStatement(int line, WholeNumber count) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build)
    {
        var value = count.Value(frame);
        if (value < 0)
            throw frame.Problem(Line, $"unused {value} is not allowed; allowed: 0 and above");
        build.TakeUnused(value, Line, frame);
    }
}

/// <summary>A gate as definitions call it.</summary>
/// <param name="Name">Its name; case is ignored.</param>
/// <param name="Parts">What it is made of, in time order, all on the same wires and all with or all without an angle.</param>
internal sealed record NamedGate(string Name, IReadOnlyList<GateInfo> Parts)
{
    /// <summary>Every gate of the library, and Rot.</summary>
    public static IReadOnlyList<NamedGate> All { get; } =
    [
        .. Enum.GetValues<GateKind>().Select(kind => new NamedGate(kind.ToString(), [GateInfo.Of(kind)])),
        new("Rot", [GateInfo.Of(GateKind.RZ), GateInfo.Of(GateKind.RY), GateInfo.Of(GateKind.RZ)]),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(gate => gate.Name)];

    /// <summary>Number of wires.</summary>
    public int WireCount => Parts[0].WireCount;

    /// <summary>Number of angles.</summary>
    public int AngleCount => Parts.Count(part => part.HasAngle);

    /// <summary>The name here of a gate that other programs call so, or null.</summary>
    public static string? SameAs(string name) => name.ToUpperInvariant() switch
    {
        "CX" => nameof(GateKind.CNOT),
        "CCX" or "CCNOT" => nameof(GateKind.Toffoli),
        "P" or "U1" or "PHASESHIFT" => nameof(GateKind.Phase),
        "CP" or "CU1" or "CPHASE" => nameof(GateKind.ControlledPhase),
        "HADAMARD" => nameof(GateKind.H),
        "ID" => nameof(GateKind.I),
        _ => null,
    };

    /// <summary>The gate of that name, or null.</summary>
    public static NamedGate? Find(string name) => All.FirstOrDefault(gate => gate.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
