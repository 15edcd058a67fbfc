using System.Text;

namespace Fovea.Quantum.Circuits;

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
