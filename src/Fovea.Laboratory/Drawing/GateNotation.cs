using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>The usual signs of gates, shared by all drawings.</summary>
internal static class GateNotation
{
    /// <summary>How an operation shows on the wire at a position of <see cref="Operation.Wires"/>.</summary>
    public static WireRole Role(Operation operation, int position) => operation.Kind switch
    {
        GateKind.SWAP => WireRole.Exchange,
        GateKind.CZ => WireRole.Control,
        GateKind.CNOT or GateKind.Toffoli => IsLast(operation, position) ? WireRole.Flip : WireRole.Control,
        GateKind.CY or GateKind.CRX or GateKind.CRY or GateKind.CRZ or GateKind.ControlledPhase when !IsLast(operation, position) =>
            WireRole.Control,
        _ => WireRole.Box,
    };

    /// <summary>What a box says before the angle: of a controlled gate, what it does to its target.</summary>
    public static string Name(GateKind kind) => kind switch
    {
        GateKind.CY => nameof(GateKind.Y),
        GateKind.CRX => nameof(GateKind.RX),
        GateKind.CRY => nameof(GateKind.RY),
        GateKind.CRZ => nameof(GateKind.RZ),
        GateKind.ControlledPhase => nameof(GateKind.Phase),
        _ => kind.ToString(),
    };

    private static bool IsLast(Operation operation, int position) => position == operation.Wires.Length - 1;
}
