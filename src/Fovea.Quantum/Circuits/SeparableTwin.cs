namespace Fovea.Quantum.Circuits;

/// <summary>
/// A circuit with its gates of two and three wires taken out: all else (encodings, weights, observables) stays, so that what the two
/// differ in is what entanglement adds.
/// </summary>
public static class SeparableTwin
{
    /// <summary>Why a circuit has no separable twin, or null: the first gate of several wires whose angle is a weight or an input.</summary>
    public static string? Problem(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return circuit.Operations.FirstOrDefault(operation => IsEntangling(operation) && operation.Angle is { Source: not AngleSource.Constant }) is { } gate
            ? $"{gate} would leave with the entangling gates, and what its angle depends on with it"
            : null;
    }

    /// <summary>The twin. A weight keeps its number.</summary>
    /// <exception cref="ArgumentException">It has none; the message is that of <see cref="Problem"/>.</exception>
    public static Circuit Of(Circuit circuit)
    {
        if (Problem(circuit) is { } problem) throw new ArgumentException(problem, nameof(circuit));
        var gates = circuit.Operations.Where(operation => !IsEntangling(operation));
        return new Circuit(circuit.WireCount, circuit.InputCount, circuit.WeightCount, gates, circuit.Observables, circuit.Preparation);
    }

    private static bool IsEntangling(Operation operation) => operation.Wires.Length > 1;
}
