namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A constant or an input.</summary>
internal sealed record NumberSymbol(AngleForm Value) : Symbol;
