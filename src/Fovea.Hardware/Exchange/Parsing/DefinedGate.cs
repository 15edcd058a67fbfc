using System.Collections.Immutable;

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A gate that the text defines: calls of gates known before it.</summary>
internal sealed record DefinedGate(string Name, int ParameterCount, int WireCount, ImmutableArray<GateCall> Body)
    : Gate(Name, ParameterCount, WireCount)
{
    private readonly int _depth = Body.Select(call => call.Gate.Depth).DefaultIfEmpty(0).Max() + 1;

    public override int Depth => _depth;

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Budget.SpendOperation(sink.Position);
        foreach (var call in Body)
        {
            var callAngles = call.EvaluateAngles(angles, sink.Budget);
            var callWires = new int[call.Operands.Length];
            for (var i = 0; i < callWires.Length; i++)
                callWires[i] = wires[call.Operands[i]];
            call.Gate.Expand(sink, callAngles, callWires);
        }
    }
}
