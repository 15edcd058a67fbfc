using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange.Writing;

/// <summary>
/// Our gates in OpenQASM. Definitions equal our matrices up to a global phase. In version 2 they have names of their own,
/// because some versions of qelib1.inc have the gate and would refuse a second definition.
/// </summary>
internal static class GateSpellings
{
    private const string PairOfZ = "cx a, b; rz(theta) b; cx a, b;";

    /// <summary>The gates that stdgates.inc lacks get a definition.</summary>
    public static GateSpelling Version3(GateKind kind) => kind switch
    {
        GateKind.Phase => new("p"),
        GateKind.ControlledPhase => new("cp"),
        GateKind.RXX => PairRotation("rxx", "h a; h b;", "h a; h b;"),
        GateKind.RYY => PairRotation("ryy", "sdg a; sdg b; h a; h b;", "h a; h b; s a; s b;"),
        GateKind.RZZ => PairRotation("rzz", "", ""),
        _ => new(Common(kind)),
    };

    /// <summary>Only the gates of the first qelib1.inc go without a definition.</summary>
    public static GateSpelling Version2(GateKind kind) => kind switch
    {
        GateKind.Phase => new("u1"),
        GateKind.ControlledPhase => new("cu1"),
        GateKind.SX => new("fovea_sx", "gate fovea_sx a { h a; s a; h a; }"),
        GateKind.SWAP => new("fovea_swap", "gate fovea_swap a, b { cx a, b; cx b, a; cx a, b; }"),
        GateKind.CRX => new("fovea_crx", "gate fovea_crx(theta) a, b { h b; crz(theta) a, b; h b; }"),
        GateKind.CRY => new("fovea_cry", "gate fovea_cry(theta) a, b { ry(theta/2) b; cx a, b; ry(-theta/2) b; cx a, b; }"),
        GateKind.RXX => PairRotation("fovea_rxx", "h a; h b;", "h a; h b;"),
        GateKind.RYY => PairRotation("fovea_ryy", "sdg a; sdg b; h a; h b;", "h a; h b; s a; s b;"),
        GateKind.RZZ => PairRotation("fovea_rzz", "", ""),
        _ => new(Common(kind)),
    };

    private static string Common(GateKind kind) => kind switch
    {
        GateKind.I => "id",
        GateKind.CNOT => "cx",
        GateKind.Toffoli => "ccx",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>exp(−iθ P⊗P/2) by turning P into Z on both wires.</summary>
    private static GateSpelling PairRotation(string name, string before, string after)
    {
        string[] parts = [before, PairOfZ, after];
        return new(name, $"gate {name}(theta) a, b {{ {string.Join(' ', parts.Where(part => part.Length > 0))} }}");
    }
}

/// <summary>How a gate is called in a file.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Definition">Its definition, for a gate that the include file lacks.</param>
internal sealed record GateSpelling(string Name, string? Definition = null);
