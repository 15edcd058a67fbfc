namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A gate that is built into the language or stands in an include file.</summary>
internal sealed record StandardGate(string Name, int ParameterCount, int WireCount, GateExpansion Expansion)
    : Gate(Name, ParameterCount, WireCount)
{
    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires) =>
        Expansion(sink, angles, wires);
}
