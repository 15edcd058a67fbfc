namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A gate.</summary>
internal sealed record GateSymbol(Gate Gate) : Symbol;
