namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>What a name in a text stands for.</summary>
internal abstract record Symbol;
