using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Execution;

/// <summary>
/// Pauli strings that one setting of the machine measures together, because on each wire they ask for the same letter or for none: the
/// circuit with changes of basis at its end, and observables of Z that read the strings from the same bit strings.
/// </summary>
/// <param name="Circuit">The circuit with H for X, and S†, H for Y, at the end.</param>
/// <param name="Outputs">[observable of <paramref name="Circuit"/>]: the output of the whole circuit that it is a part of.</param>
/// <param name="Rotations">How many gates were appended.</param>
/// <param name="Basis">The setting, as "X0*Z1".</param>
internal sealed record MeasurementGroup(Circuit Circuit, int[] Outputs, int Rotations, PauliString Basis)
{
    /// <summary>Whether any observable of a circuit has X or Y, so that bits do not show it.</summary>
    public static bool IsNeeded(Circuit circuit) => circuit.Observables.Any(observable => observable.Terms.Any(term => term.Pauli.X != 0));

    /// <summary>The groups of a circuit, each string in the first that takes it.</summary>
    public static IReadOnlyList<MeasurementGroup> Group(Circuit circuit)
    {
        var groups = new List<(PauliString Basis, List<(int Output, PauliTerm Term)> Terms)>();
        foreach (var (output, observable) in circuit.Observables.Index())
        {
            foreach (var term in observable.Terms)
            {
                var found = groups.FindIndex(group => Fit(group.Basis, term.Pauli));
                if (found < 0)
                {
                    groups.Add((term.Pauli, [(output, term)]));
                    continue;
                }

                var (basis, terms) = groups[found];
                terms.Add((output, term));
                groups[found] = (new(basis.X | term.Pauli.X, basis.Z | term.Pauli.Z), terms);
            }
        }

        return [.. groups.Select(group => Make(circuit, group.Basis, group.Terms))];
    }

    private static bool Fit(PauliString basis, PauliString term)
    {
        var both = basis.Support & term.Support;
        return ((basis.X ^ term.X) & both) == 0 && ((basis.Z ^ term.Z) & both) == 0;
    }

    private static MeasurementGroup Make(Circuit circuit, PauliString basis, List<(int Output, PauliTerm Term)> terms)
    {
        var rotations = Enumerable.Range(0, circuit.WireCount).SelectMany(wire => Rotation(basis[wire], wire)).ToArray();
        var parts = terms.GroupBy(part => part.Output).ToArray();
        var observables = parts.Select(part => new Observable(part.Select(item => item.Term with { Pauli = new PauliString(0, item.Term.Pauli.Support) })));
        var rotated = new Circuit(
            circuit.WireCount, circuit.InputCount, circuit.WeightCount, circuit.Operations.Concat(rotations), observables, circuit.Preparation);
        return new(rotated, [.. parts.Select(part => part.Key)], rotations.Length, basis);
    }

    private static Operation[] Rotation(char letter, int wire) => letter switch
    {
        'X' => [new(GateKind.H, [wire])],
        'Y' => [new(GateKind.Phase, [wire], Angle.Constant(-Math.PI / 2)), new(GateKind.H, [wire])],
        _ => [],
    };
}
