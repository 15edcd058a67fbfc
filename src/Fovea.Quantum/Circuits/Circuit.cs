using System.Collections.Immutable;

namespace Fovea.Quantum.Circuits;

/// <summary>
/// An immutable list of gates on |0…0⟩ (or on amplitudes given by the inputs), with the observables read at the end. Wire 0
/// is the most significant bit of the basis index: on three wires |100⟩ (wire 0 set) is index 4.
/// </summary>
public sealed class Circuit
{
    /// <summary>The most wires a circuit may have. Engines that hold state vectors take fewer.</summary>
    public const int MaxWires = 64;

    /// <summary>The most wires of a circuit that starts from <see cref="StatePreparation.Amplitudes"/>.</summary>
    public const int MaxAmplitudeWires = 16;

    /// <summary>Creates a circuit and checks every wire, weight and input index.</summary>
    /// <param name="wireCount">Number of wires, 1 to <see cref="MaxWires"/>.</param>
    /// <param name="inputCount">Number of inputs a sample has.</param>
    /// <param name="weightCount">Number of weights.</param>
    /// <param name="operations">Gates in time order.</param>
    /// <param name="observables">What is measured; null means Z on every wire, in wire order.</param>
    /// <param name="preparation">The state the gates start from.</param>
    /// <exception cref="ArgumentException">An index out of range; the message names the operation.</exception>
    public Circuit(
        int wireCount,
        int inputCount,
        int weightCount,
        IEnumerable<Operation> operations,
        IEnumerable<Observable>? observables = null,
        StatePreparation preparation = StatePreparation.Zero)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wireCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wireCount, MaxWires);
        ArgumentOutOfRangeException.ThrowIfNegative(inputCount);
        ArgumentOutOfRangeException.ThrowIfNegative(weightCount);
        ArgumentNullException.ThrowIfNull(operations);
        WireCount = wireCount;
        InputCount = inputCount;
        WeightCount = weightCount;
        Operations = [.. operations];
        Observables = observables is null
            ? [.. Enumerable.Range(0, wireCount).Select(Observable.Z)]
            : [.. observables];
        Preparation = preparation;
        for (var i = 0; i < Operations.Length; i++)
            Check(i, Operations[i]);
        if (Observables.IsEmpty)
            throw new ArgumentException("a circuit needs at least one observable", nameof(observables));
        foreach (var observable in Observables.Where(o => wireCount < 64 && o.Support >> wireCount != 0))
            throw new ArgumentException($"observable {observable} is outside wires 0..{wireCount - 1}", nameof(observables));
        if (preparation == StatePreparation.Amplitudes)
            CheckAmplitudes();
    }

    /// <summary>Number of wires.</summary>
    public int WireCount { get; }

    /// <summary>Number of inputs a sample has.</summary>
    public int InputCount { get; }

    /// <summary>Number of weights.</summary>
    public int WeightCount { get; }

    /// <summary>Gates in time order.</summary>
    public ImmutableArray<Operation> Operations { get; }

    /// <summary>What is measured, in output order.</summary>
    public ImmutableArray<Observable> Observables { get; }

    /// <summary>The state the gates start from.</summary>
    public StatePreparation Preparation { get; }

    /// <summary>The gate list, one gate a line (see <see cref="GateListing"/>).</summary>
    public override string ToString() => GateListing.Format(this);

    private void Check(int position, Operation operation)
    {
        foreach (var wire in operation.Wires.Where(w => w >= WireCount))
            throw Invalid($"wire {wire} is outside 0..{WireCount - 1}");
        if (operation.Angle is not { } angle)
            return;
        if (angle.Source == AngleSource.Weight && angle.Index >= WeightCount)
            throw Invalid($"weight {angle.Index} is not below the weight count {WeightCount}");
        var input = angle.Source switch
        {
            AngleSource.Input => angle.Index,
            AngleSource.InputProduct => Math.Max(angle.Index, angle.SecondIndex),
            _ => -1,
        };
        if (input >= InputCount)
            throw Invalid($"input {input} is not below the input count {InputCount}");

        ArgumentException Invalid(string reason) => new($"operation {position} ({operation}): {reason}");
    }

    private void CheckAmplitudes()
    {
        if (WireCount > MaxAmplitudeWires)
            throw new ArgumentException($"amplitude encoding takes up to {MaxAmplitudeWires} wires, not {WireCount}");
        if (InputCount < 1 << WireCount)
            throw new ArgumentException($"amplitude encoding of {WireCount} wires takes {1 << WireCount} inputs, not {InputCount}");
    }
}

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

/// <summary>The state that the gates of a circuit start from.</summary>
public enum StatePreparation
{
    /// <summary>|0…0⟩.</summary>
    Zero,

    /// <summary>
    /// Amplitude encoding: the first 2^wires inputs of a sample, divided by their Euclidean norm, are the real amplitudes by
    /// basis index. A sample whose norm is zero has no state: its outputs are NaN.
    /// </summary>
    Amplitudes,
}
