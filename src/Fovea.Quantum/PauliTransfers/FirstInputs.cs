using System.Collections.Immutable;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.PauliTransfers;

/// <summary>
/// The product state of the inputs: each wire goes from |0⟩ through fixed steps to Bloch vector r and is turned by its one input. Its
/// Pauli components are then combinations of 1, sin and cos of the angle.
/// </summary>
internal sealed class FirstInputs
{
    private readonly Operation?[] _operations;
    private readonly double[][] _bloch;

    private FirstInputs(int wires)
    {
        _operations = new Operation?[wires];
        _bloch = [.. Enumerable.Range(0, wires).Select(_ => new double[] { 1, 0, 0, 1 })];
    }

    /// <summary>
    /// [wire]: the turn of |0⟩ about Y whose components X and Z are sin and cos of the input's angle; none for a wire without an input.
    /// </summary>
    public ImmutableArray<ImmutableArray<PauliRotationGate>> Chains => [.. _operations.Select((operation, wire) =>
        operation is null ? [] : ImmutableArray.Create(new PauliRotationGate(PauliString.On('Y', wire), operation.Angle!.Value, 1)))];

    /// <summary>3^(wires with an input).</summary>
    public int FunctionCount => _operations.Aggregate(1, (count, operation) => operation is null ? count : 3 * count);

    /// <summary>Number of wires.</summary>
    public int WireCount => _operations.Length;

    /// <summary>Whether a wire has an input.</summary>
    public bool HasInput(int wire) => _operations[wire] is not null;

    /// <summary>3^(those of some wires with an input).</summary>
    public int FunctionCountOf(IEnumerable<int> wires) => wires.Aggregate(1, (count, wire) => HasInput(wire) ? 3 * count : count);

    /// <summary>Parts the steps; those behind the inputs, or on wires without one, are the rest.</summary>
    public static FirstInputs Part(Circuit circuit, List<TransferStep> steps, out List<TransferStep> rest)
    {
        var result = new FirstInputs(circuit.WireCount);
        var isFirst = new bool[steps.Count];
        if (circuit.Preparation != StatePreparation.Zero)
            throw new NotSupportedException("the circuit starts from amplitudes, not from a product state");
        for (var index = 0; index < steps.Count; index++)
        {
            if (steps[index].IsInput)
                result.Enter(steps, index, steps[index].Gate!, isFirst);
        }

        rest = [.. steps.Where((_, index) => !isFirst[index])];
        return result;
    }

    /// <summary>[3 or 1, 4]: what 1, sin and cos get from I, X, Y and Z of a wire.</summary>
    public double[,] Map(int wire)
    {
        var r = _bloch[wire];
        if (_operations[wire] is not { } operation)
            return new[,] { { r[0], r[1], r[2], r[3] } };
        var axis = operation.Kind switch { GateKind.RX => 1, GateKind.RY => 2, _ => 3 };
        var (next, last) = ((axis % 3) + 1, ((axis + 1) % 3) + 1);
        var map = new double[3, 4];
        (map[0, 0], map[0, axis]) = (1, r[axis]);
        (map[2, next], map[1, next]) = (r[next], -r[last]);
        (map[2, last], map[1, last]) = (r[last], r[next]);
        return map;
    }

    /// <summary>All products of 1, sin and cos on some consecutive wires; the first wire's function varies slowest.</summary>
    public void Evaluate(ReadOnlySpan<double> inputs, Range wires, Span<float> functions)
    {
        functions[0] = 1;
        var count = 1;
        foreach (var operation in _operations.AsSpan(wires))
        {
            if (operation is null)
                continue;
            var (sin, cos) = Math.SinCos(operation.Angle!.Value.Evaluate(inputs, []));
            for (var k = count - 1; k >= 0; k--)
            {
                var value = functions[k];
                (functions[3 * k], functions[(3 * k) + 1], functions[(3 * k) + 2]) = (value, (float)(value * sin), (float)(value * cos));
            }

            count *= 3;
        }
    }

    private void Enter(List<TransferStep> steps, int index, Operation input, bool[] isFirst)
    {
        if (input.Wires.Length > 1 || input.Kind is not (GateKind.RX or GateKind.RY or GateKind.RZ or GateKind.Phase))
            throw new NotSupportedException($"an input enters in a gate on several wires, {input}, which is not RX, RY, RZ or Phase");
        var wire = input.Wires[0];
        for (var earlier = 0; earlier < index; earlier++)
        {
            var step = steps[earlier];
            if (!step.Wires.Contains(wire))
                continue;
            if (step.Wires.Length > 1)
                throw new NotSupportedException("an input enters behind an entangling gate");
            if (step.IsWeight)
                throw new NotSupportedException($"a weight turns wire {wire} before its input");
            if (step.IsInput)
                throw new NotSupportedException($"two inputs turn wire {wire}");
            isFirst[earlier] = true;
            Apply(step.Transfer!, _bloch[wire]);
        }

        isFirst[index] = true;
        _operations[wire] = input;
    }

    private static void Apply(double[,] transfer, double[] bloch)
    {
        var before = (double[])bloch.Clone();
        for (var row = 0; row < 4; row++)
            bloch[row] = Enumerable.Range(0, 4).Sum(column => transfer[row, column] * before[column]);
    }
}
