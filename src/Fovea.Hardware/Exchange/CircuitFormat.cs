namespace Fovea.Hardware.Exchange;

/// <summary>How a circuit is written.</summary>
public enum CircuitFormat
{
    /// <summary>OpenQASM 3; inputs may stay open.</summary>
    OpenQasm3,

    /// <summary>OpenQASM 2; every angle is a number.</summary>
    OpenQasm2,

    /// <summary>The JSON of docs/openqasm.md.</summary>
    Json,
}
