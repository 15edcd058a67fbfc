namespace Fovea.Hardware.Exchange.Parsing;

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
