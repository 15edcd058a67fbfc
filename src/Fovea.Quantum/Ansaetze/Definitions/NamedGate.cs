using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>A gate as definitions call it.</summary>
/// <param name="Name">Its name; case is ignored.</param>
/// <param name="Parts">What it is made of, in time order, all on the same wires and all with or all without an angle.</param>
internal sealed record NamedGate(string Name, IReadOnlyList<GateInfo> Parts)
{
    /// <summary>Every gate of the library, and Rot.</summary>
    public static IReadOnlyList<NamedGate> All { get; } =
    [
        .. Enum.GetValues<GateKind>().Select(kind => new NamedGate(kind.ToString(), [GateInfo.Of(kind)])),
        new("Rot", [GateInfo.Of(GateKind.RZ), GateInfo.Of(GateKind.RY), GateInfo.Of(GateKind.RZ)]),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(gate => gate.Name)];

    /// <summary>Number of wires.</summary>
    public int WireCount => Parts[0].WireCount;

    /// <summary>Number of angles.</summary>
    public int AngleCount => Parts.Count(part => part.HasAngle);

    /// <summary>The name here of a gate that other programs call so, or null.</summary>
    public static string? SameAs(string name) => name.ToUpperInvariant() switch
    {
        "CX" => nameof(GateKind.CNOT),
        "CCX" or "CCNOT" => nameof(GateKind.Toffoli),
        "P" or "U1" or "PHASESHIFT" => nameof(GateKind.Phase),
        "CP" or "CU1" or "CPHASE" => nameof(GateKind.ControlledPhase),
        "HADAMARD" => nameof(GateKind.H),
        "ID" => nameof(GateKind.I),
        _ => null,
    };

    /// <summary>The gate of that name, or null.</summary>
    public static NamedGate? Find(string name) => All.FirstOrDefault(gate => gate.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
