using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;
using Fovea.Quantum.LightCones;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Laboratory.Diagnostics;

/// <summary>What depends on what in a circuit.</summary>
internal static class StructureStudy
{
    // An identity keeps |0…0⟩ to rounding; a circuit that is none loses it at a random point.
    private const double Rounding = 1e-10;

    /// <summary>Studies a circuit.</summary>
    /// <param name="subject">The circuit.</param>
    /// <param name="gradients">Its derivatives at random points.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="cancellation">Stops it.</param>
    public static CircuitStructure Measure(AnsatzSubject subject, GradientStudy gradients, ulong seed, CancellationToken cancellation = default)
    {
        var circuit = subject.WithEncoding();
        var wires = Enumerable.Range(0, circuit.WireCount);
        return new()
        {
            DeadParameters = DeadParameters.Find(circuit, gradients, cancellation),
            Blocks = WireBlocks.Find(circuit),
            ConeWires = [.. circuit.Observables.Select(observable => LightCone.Trace(circuit, observable).WireCount)],
            Reach = [.. wires.Select(output =>
                (IReadOnlyList<int>)[.. Enumerable.Range(0, circuit.InputCount).Where(input => gradients.InputIsLive(output, input))])],
            IsIdentityWithoutEncoding = IsIdentity(subject.WithoutEncoding(), seed),
        };
    }

    private static bool IsIdentity(Circuit circuit, ulong seed)
    {
        var state = new RandomStates(circuit, seed).Draw(0);
        return Enumerable.Range(0, EnsembleState.Lanes).All(lane => Math.Abs(state.Amplitude(0, lane).Magnitude - 1) < Rounding);
    }
}

/// <summary>
/// Finds the parameters that no output depends on. A derivative that is not zero at one random point proves a parameter alive; the others are
/// proved dead by Pauli strings where that is possible, and the reason says so.
/// </summary>
internal static class DeadParameters
{
    private const int MaxStrings = 100_000;

    /// <summary>The dead parameters by index.</summary>
    public static IReadOnlyList<DeadParameter> Find(Circuit circuit, GradientStudy gradients, CancellationToken cancellation = default)
    {
        int[] dead = [.. Enumerable.Range(0, circuit.WeightCount).Where(parameter => !gradients.ParameterIsLive(parameter))];
        if (dead.Length == 0)
            return [];
        var effects = circuit.Observables.Select(observable => GateEffects.Trace(circuit, observable, MaxStrings, cancellation)).ToArray();
        Func<int, bool?>[] known = [.. effects.Select(effect => (Func<int, bool?>)(gate => effect[gate]))];
        return [.. dead.Select(parameter => Explain(circuit, parameter, known, cancellation))];
    }

    private static DeadParameter Explain(Circuit circuit, int parameter, Func<int, bool?>[] effects, CancellationToken cancellation)
    {
        int[] gates = [.. Enumerable.Range(0, circuit.Operations.Length).Where(k => IsWeight(circuit.Operations[k], parameter))];
        if (gates.Length == 0)
            return new(parameter, "", "no gate takes it");
        var text = string.Join("; ", gates.Select(k => circuit.Operations[k]));
        var first = circuit.Operations[gates[0]];
        var name = $"{first.Kind} on {(first.Wires.Length == 1 ? "wire" : "wires")} {string.Join(", ", first.Wires)}";
        if (gates.All(gate => effects.All(effect => effect(gate) == false)))
            return new(parameter, text, $"{name} {Place(circuit, gates[^1])}");
        return new(parameter, text, gates.All(gate => IsPhaseOfZero(circuit, gate, cancellation))
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
    private static bool IsPhaseOfZero(Circuit circuit, int gate, CancellationToken cancellation)
    {
        // A gate that commutes with Z on each of its wires, behind others that do, leaves |0…0⟩ where it is.
        var prefix = new Circuit(circuit.WireCount, circuit.InputCount, circuit.WeightCount, circuit.Operations.Take(gate + 1));
        return circuit.Operations[gate].Wires.All(wire =>
            GateEffects.Trace(prefix, Observable.Z(wire), MaxStrings, cancellation) is var effects && effects.All(effect => effect == false));
    }

    private static bool IsWeight(Operation operation, int parameter) =>
        operation.Angle is { Source: AngleSource.Weight } angle && angle.Index == parameter;
}

/// <summary>The wires of a circuit in blocks that no gate joins: separate circuits side by side.</summary>
internal static class WireBlocks
{
    /// <summary>The blocks in the order of their first wires, each in wire order.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Find(Circuit circuit)
    {
        var block = Enumerable.Range(0, circuit.WireCount).ToArray();
        foreach (var operation in circuit.Operations)
        {
            var joined = operation.Wires.Min(wire => block[wire]);
            foreach (var old in operation.Wires.Select(wire => block[wire]).ToArray())
                block = Array.ConvertAll(block, b => b == old ? joined : b);
        }

        return [.. Enumerable.Range(0, block.Length).GroupBy(wire => block[wire]).Select(group => (IReadOnlyList<int>)[.. group])];
    }
}
