namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>Appends what a gate stands for.</summary>
internal delegate void GateExpansion(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires);
