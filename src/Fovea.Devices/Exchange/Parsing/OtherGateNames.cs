namespace Fovea.Devices.Exchange.Parsing;

/// <summary>
/// Names that other languages and other include files give to gates that are read here. Only these are suggested for an unknown
/// name: a name that is spelt alike means another gate more often than it is a slip.
/// </summary>
internal static class OtherGateNames
{
    // The gate, the same gate in the first qelib1.inc where it has another name, then its names elsewhere.
    private static readonly string[][] Groups =
    [
        ["x", "not", "paulix"], ["y", "pauliy"], ["z", "pauliz"], ["h", "hadamard"], ["id", "i", "iden", "identity"],
        ["sdg", "sdag", "sdagger", "si"], ["tdg", "tdag", "tdagger", "ti"], ["sx", "sqrtx", "sqrtnot", "v", "srn"], ["sxdg", "sxdag", "vdg", "vi"],
        ["p", "u1", "phase", "phaseshift", "r1"], ["cp", "cu1", "cphase", "cphaseshift", "controlledphase", "cr1"],
        ["cx", "cnot"], ["ccx", "toffoli", "ccnot"], ["cswap", "fredkin"], ["rxx", "xx", "isingxx"], ["ryy", "yy", "isingyy"], ["rzz", "zz", "isingzz"],
        ["c3x", "cccx"], ["c4x", "ccccx"], ["rc3x", "rcccx"], ["rccx", "margolus"],
    ];

    /// <summary>"; did you mean 'cx'?", or nothing.</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="gates">The gates that are known.</param>
    public static string Hint(string name, IReadOnlyList<StandardGate> gates)
    {
        // A name in other letters, as CX or RX, means the same.
        string[] meant = [name, .. Groups.FirstOrDefault(group => group.Contains(name, StringComparer.OrdinalIgnoreCase)) ?? []];
        var found = meant.Select(other => gates.FirstOrDefault(gate => gate.Name.Equals(other, StringComparison.OrdinalIgnoreCase))).OfType<StandardGate>();
        return found.FirstOrDefault() is { } gate ? $"; did you mean '{gate.Name}'?" : "";
    }
}
