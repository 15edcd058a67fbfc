using Fovea.Laboratory.Gradients;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Laboratory.Structure;

/// <summary>
/// Finds the parameters that no output depends on. A derivative that is not zero at one random point proves a parameter alive; the others are
/// proved dead by Pauli strings where that is possible, and the reason says so.
/// </summary>
internal static class DeadParameters
{
    private const int MaxStrings = 100_000;

    /// <summary>The dead parameters by index.</summary>
    public static IReadOnlyList<DeadParameter> Of(Circuit circuit, GradientStudy gradients)
    {
        int[] dead = [.. Enumerable.Range(0, circuit.WeightCount).Where(parameter => !gradients.ParameterIsLive(parameter))];
        if (dead.Length == 0)
            return [];
        var effects = circuit.Observables.Select(observable => GateEffects.Of(circuit, observable, MaxStrings)).ToArray();
        return [.. dead.Select(parameter => Explain(circuit, parameter, effects.Select(effect => (Func<int, bool?>)(gate => effect[gate])).ToArray()))];
    }

    private static DeadParameter Explain(Circuit circuit, int parameter, Func<int, bool?>[] effects)
    {
        int[] gates = [.. Enumerable.Range(0, circuit.Operations.Length).Where(k => IsWeight(circuit.Operations[k], parameter))];
        if (gates.Length == 0)
            return new(parameter, "", "no gate takes it");
        var text = string.Join("; ", gates.Select(k => circuit.Operations[k]));
        var first = circuit.Operations[gates[0]];
        var name = $"{first.Kind} on {(first.Wires.Length == 1 ? "wire" : "wires")} {string.Join(", ", first.Wires)}";
        if (gates.All(gate => effects.All(effect => effect(gate) == false)))
            return new(parameter, text, $"{name} {Place(circuit, gates[^1])}");
        return new(parameter, text, gates.All(gate => IsPhaseOfZero(circuit, gate))
            ? $"{name} acts on |0⟩, which it changes by a phase only"
            : $"no output changes with {name} at any of the random points (seen there, not proved)");
    }

    private static string Place(Circuit circuit, int gate)
    {
        var entangles = circuit.Operations.Skip(gate + 1).Any(operation => operation.Wires.Length > 1);
        return entangles
            ? $"commutes with everything that the gates behind it make of the measured {Measured(circuit)}"
            : $"after the last entangler commutes with every measured {Measured(circuit)}";
    }

    private static string Measured(Circuit circuit) => circuit.Observables.All(o => o.Terms.All(term => term.Pauli.X == 0)) ? "Z" : "observable";

    /// <summary>Whether only phases come before a phase on |0…0⟩.</summary>
    private static bool IsPhaseOfZero(Circuit circuit, int gate)
    {
        // A gate that commutes with Z on each of its wires, behind others that do, leaves |0…0⟩ where it is.
        var prefix = new Circuit(circuit.WireCount, circuit.InputCount, circuit.WeightCount, circuit.Operations.Take(gate + 1));
        return circuit.Operations[gate].Wires.All(wire =>
            GateEffects.Of(prefix, Observable.Z(wire), MaxStrings) is var effects && effects.All(effect => effect == false));
    }

    private static bool IsWeight(Operation operation, int parameter) =>
        operation.Angle is { Source: AngleSource.Weight } angle && angle.Index == parameter;
}
