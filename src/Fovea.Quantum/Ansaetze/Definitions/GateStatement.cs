using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>A gate, or the three of Rot, on given wires.</summary>
/// <param name="line">Its line.</param>
/// <param name="gate">What it is called and made of.</param>
/// <param name="angles">An angle for each gate that takes one; null where each takes a new weight.</param>
/// <param name="wires">The wires, controls first.</param>
internal sealed class GateStatement(int line, NamedGate gate, IReadOnlyList<AngleValue>? angles, IReadOnlyList<Whole> wires) : Statement(line)
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
