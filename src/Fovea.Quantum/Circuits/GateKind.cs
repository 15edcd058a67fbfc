using System.Text;

namespace Fovea.Quantum.Circuits;

/// <summary>
/// The gates a <see cref="Circuit"/> may hold. Rotations follow R_P(θ) = exp(−iθP/2); matrices are in
/// <see cref="GateMatrix"/>, wire counts and names in <see cref="GateInfo"/>. In two- and three-wire gates the control
/// wires come first and the target last.
/// </summary>
public enum GateKind
{
    /// <summary>Identity.</summary>
    I,

    /// <summary>Pauli X.</summary>
    X,

    /// <summary>Pauli Y.</summary>
    Y,

    /// <summary>Pauli Z.</summary>
    Z,

    /// <summary>Hadamard.</summary>
    H,

    /// <summary>diag(1, i).</summary>
    S,

    /// <summary>diag(1, e^{iπ/4}).</summary>
    T,

    /// <summary>Square root of X: ½[[1+i, 1−i], [1−i, 1+i]].</summary>
    SX,

    /// <summary>exp(−iθX/2).</summary>
    RX,

    /// <summary>exp(−iθY/2).</summary>
    RY,

    /// <summary>exp(−iθZ/2).</summary>
    RZ,

    /// <summary>diag(1, e^{iθ}).</summary>
    Phase,

    /// <summary>Controlled X: (control, target).</summary>
    CNOT,

    /// <summary>Controlled Y: (control, target).</summary>
    CY,

    /// <summary>Controlled Z.</summary>
    CZ,

    /// <summary>Exchange of two wires.</summary>
    SWAP,

    /// <summary>Controlled RX: (control, target).</summary>
    CRX,

    /// <summary>Controlled RY: (control, target).</summary>
    CRY,

    /// <summary>Controlled RZ = diag(1, 1, e^{−iθ/2}, e^{iθ/2}): (control, target).</summary>
    CRZ,

    /// <summary>diag(1, 1, 1, e^{iθ}).</summary>
    ControlledPhase,

    /// <summary>exp(−iθ X⊗X/2).</summary>
    RXX,

    /// <summary>exp(−iθ Y⊗Y/2).</summary>
    RYY,

    /// <summary>exp(−iθ Z⊗Z/2).</summary>
    RZZ,

    /// <summary>X on the last wire where the first two are 1: (control, control, target).</summary>
    Toffoli,
}

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

/// <summary>
/// The text form of a circuit: a header line with the counts and the observables, then one gate a line, "RZ(w3) 0",
/// in time order.
/// </summary>
public static class GateListing
{
    /// <summary>The whole listing, lines ended by "\n".</summary>
    public static string Format(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var text = new StringBuilder();
        text.Append(Header(circuit)).Append('\n');
        foreach (var operation in circuit.Operations)
            text.Append(operation).Append('\n');
        return text.ToString();
    }

    /// <summary>The header line alone: "wires 4, inputs 4, weights 36, outputs Z0 Z1 Z2 Z3".</summary>
    public static string Header(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return $"wires {circuit.WireCount}, inputs {circuit.InputCount}, weights {circuit.WeightCount}, "
            + $"outputs {string.Join(' ', circuit.Observables)}"
            + (circuit.Preparation == StatePreparation.Amplitudes ? ", from amplitudes" : "");
    }
}
