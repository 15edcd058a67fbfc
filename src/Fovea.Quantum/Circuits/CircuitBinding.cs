namespace Fovea.Quantum.Circuits;

/// <summary>Puts numbers in the place of a circuit's inputs and weights.</summary>
public static class CircuitBinding
{
    /// <summary>The same gates and observables with every angle a constant, without inputs and weights.</summary>
    /// <param name="circuit">A circuit that starts from |0…0⟩.</param>
    /// <param name="inputs">[InputCount] of one sample.</param>
    /// <param name="weights">[WeightCount].</param>
    /// <exception cref="ArgumentException">A number of values that does not fit, an angle that is not finite, or a start from amplitudes.</exception>
    public static Circuit Bind(Circuit circuit, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        if (circuit.Preparation != StatePreparation.Zero)
            throw new ArgumentException("a circuit that starts from amplitudes can't be bound: its inputs are no angles", nameof(circuit));
        if (inputs.Length != circuit.InputCount)
            throw new ArgumentException($"{inputs.Length} inputs are given, the circuit has {circuit.InputCount}", nameof(inputs));
        if (weights.Length != circuit.WeightCount)
            throw new ArgumentException($"{weights.Length} weights are given, the circuit has {circuit.WeightCount}", nameof(weights));
        var operations = new Operation[circuit.Operations.Length];
        for (var k = 0; k < operations.Length; k++)
            operations[k] = Bind(circuit.Operations[k], inputs, weights);
        return new Circuit(circuit.WireCount, 0, 0, operations, circuit.Observables);
    }

    private static Operation Bind(Operation operation, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights)
    {
        if (operation.Angle is not { Source: not AngleSource.Constant } angle)
            return operation;
        var radians = angle.Evaluate(inputs, weights);
        return double.IsFinite(radians)
            ? new Operation(operation.Kind, operation.Wires.AsSpan(), Angle.Constant(radians))
            : throw new ArgumentException($"the angle of {operation} is not finite with these values");
    }
}
