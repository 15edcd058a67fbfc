using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange;

/// <summary>A circuit read from an OpenQASM text, with the names it had there.</summary>
public sealed record QasmProgram
{
    /// <summary>
    /// The gates, with an input for each declared input and no weights. It measures Z on every measured qubit in the order of
    /// the classical bits, or Z on every qubit when nothing is measured.
    /// </summary>
    public required Circuit Circuit { get; init; }

    /// <summary>Version of the language: 2 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>[input], the declared names.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>[wire], "q[0]".</summary>
    public required ImmutableArray<string> Qubits { get; init; }

    /// <summary>[output], the bits measured into, "c[0]"; empty when nothing is measured.</summary>
    public required ImmutableArray<string> Bits { get; init; }
}
