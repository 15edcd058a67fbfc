namespace Fovea.Quantum.Circuits;

/// <summary>What is fixed about a gate kind: how many wires it takes and whether it takes an angle.</summary>
/// <param name="Kind">The gate.</param>
/// <param name="WireCount">Wires it acts on, controls included: 1, 2 or 3.</param>
/// <param name="HasAngle">Whether the gate takes one angle in radians.</param>
/// <param name="IsControlledRotation">
/// Whether the generator has the eigenvalues {0, ±½}, so that the parameter-shift rule needs four terms.
/// </param>
public sealed record GateInfo(GateKind Kind, int WireCount, bool HasAngle, bool IsControlledRotation)
{
    private static readonly GateInfo[] Table = [.. Enum.GetValues<GateKind>().Select(Describe)];

    /// <summary>The name printed in gate lists, equal to the enumeration name.</summary>
    public string Name => Kind.ToString();

    /// <summary>The description of <paramref name="kind"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not a defined gate.</exception>
    public static GateInfo Of(GateKind kind) =>
        Enum.IsDefined(kind)
            ? Table[(int)kind]
            : throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a gate of this library");

    private static GateInfo Describe(GateKind kind)
    {
        var wires = kind switch
        {
            GateKind.Toffoli => 3,
            >= GateKind.CNOT => 2,
            _ => 1,
        };
        var hasAngle = kind is GateKind.RX or GateKind.RY or GateKind.RZ or GateKind.Phase
            or GateKind.CRX or GateKind.CRY or GateKind.CRZ or GateKind.ControlledPhase
            or GateKind.RXX or GateKind.RYY or GateKind.RZZ;
        return new GateInfo(kind, wires, hasAngle, kind is GateKind.CRX or GateKind.CRY or GateKind.CRZ);
    }
}
