using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// Which gates an observable is blind to, whatever the angles: those that commute with every Pauli string that the observable can have become
/// when it has been pulled back to them. Exact sets of strings, where <see cref="LightCones.LightCone"/> keeps letters wire by wire.
/// </summary>
public static class GateEffects
{
    /// <summary>
    /// For every gate: false when it commutes with the pulled-back observable, so that the observable cannot depend on it; true when it does not
    /// commute with some string (which leaves open whether contributions cancel); null where the strings were too many to be followed.
    /// </summary>
    /// <param name="circuit">Any circuit.</param>
    /// <param name="observable">What is measured at its end.</param>
    /// <param name="maxStrings">Most strings to follow.</param>
    /// <param name="cancellation">Stops it between gates.</param>
    public static ImmutableArray<bool?> Trace(Circuit circuit, Observable observable, int maxStrings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(observable);
        var effects = new bool?[circuit.Operations.Length];
        HashSet<PauliString> strings = [.. observable.Terms.Select(term => term.Pauli)];
        for (var k = effects.Length - 1; k >= 0 && strings.Count <= maxStrings; k--)
        {
            cancellation.ThrowIfCancellationRequested();
            effects[k] = false;
            foreach (var rotation in GateRotations.Of(circuit.Operations[k]).Reverse())
                effects[k] |= PullBack(strings, rotation);
        }

        return [.. effects];
    }

    private static bool PullBack(HashSet<PauliString> strings, PauliRotationGate rotation)
    {
        var moved = strings.Where(pauli => !rotation.Axis.CommutesWith(pauli)).ToArray();
        // Half turns change signs only; quarter turns move strings, all others leave a part behind.
        if (rotation.Quarters is 0 or 2)
            return rotation.Quarters == 2 && moved.Length > 0;
        if (rotation.Quarters > 0)
            strings.ExceptWith(moved);
        foreach (var pauli in moved)
            strings.Add(RotationCircuit.Partner(rotation.Axis, pauli).String);
        return moved.Length > 0;
    }
}
