namespace Fovea.Quantum.Circuits;

/// <summary>
/// Exact derivatives of an expectation value by evaluating the circuit at shifted angles (Wierichs et al. 2022,
/// arXiv 2107.12390): two terms where the generator has one eigenvalue gap, four where it has the gaps ½ and 1
/// (controlled rotations; Anselmetti et al. 2021, arXiv 2104.05695).
/// </summary>
public static class ParameterShift
{
    private static readonly (double, double)[] TwoTerm = [(Math.PI / 2, 0.5), (-Math.PI / 2, -0.5)];

    private static readonly (double, double)[] FourTerm =
    [
        (Math.PI / 2, (Math.Sqrt(2) + 1) / (4 * Math.Sqrt(2))),
        (-Math.PI / 2, -(Math.Sqrt(2) + 1) / (4 * Math.Sqrt(2))),
        (3 * Math.PI / 2, -(Math.Sqrt(2) - 1) / (4 * Math.Sqrt(2))),
        (-3 * Math.PI / 2, (Math.Sqrt(2) - 1) / (4 * Math.Sqrt(2))),
    ];

    /// <summary>The rule of a gate: df/dθ = Σ coefficient · f(θ + shift).</summary>
    public static IReadOnlyList<(double Shift, double Coefficient)> Rule(GateKind kind)
    {
        var info = GateInfo.Of(kind);
        if (!info.HasAngle)
            throw new ArgumentException($"{kind} has no angle to shift", nameof(kind));
        return info.IsControlledRotation ? FourTerm : TwoTerm;
    }
}

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
    public static Circuit Build(Circuit circuit)
    {
        if (Problem(circuit) is { } problem) throw new ArgumentException(problem, nameof(circuit));
        var gates = circuit.Operations.Where(operation => !IsEntangling(operation));
        return new Circuit(circuit.WireCount, circuit.InputCount, circuit.WeightCount, gates, circuit.Observables, circuit.Preparation);
    }

    private static bool IsEntangling(Operation operation) => operation.Wires.Length > 1;
}
