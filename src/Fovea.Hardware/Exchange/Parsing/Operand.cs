namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A qubit or bit as named in a statement, or a whole register.</summary>
/// <param name="First">Number of the first.</param>
/// <param name="Size">How many; 1 for one that was indexed.</param>
/// <param name="IsRegister">A whole array, over which a gate is repeated.</param>
/// <param name="Position">Where it stands.</param>
internal readonly record struct Operand(int First, int Size, bool IsRegister, SourcePosition Position);
