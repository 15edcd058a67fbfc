using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines;

/// <summary>
/// The slow, clear twin of every other engine: one sample and one gate at a time in complex double precision, gradients
/// by the parameter-shift rule applied to each occurrence of each angle. Always uses one thread.
/// </summary>
public sealed class ReferenceEngine : IExpectationEngine<double>
{
    private int _threads = 1;

    /// <summary>Creates the engine for one circuit of at most <see cref="StateVectorMemory.MaxWires"/> wires.</summary>
    public ReferenceEngine(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        StateVectorMemory.CheckWires(circuit);
        Circuit = circuit;
    }

    /// <inheritdoc/>
    public Circuit Circuit { get; }

    /// <inheritdoc/>
    public int OutputCount => Circuit.Observables.Length;

    /// <summary>Accepted for the contract; this engine always uses one thread.</summary>
    public int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _threads = value;
        }
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, Span<double> expectations)
    {
        var batch = BatchShape.Check(Circuit, expectations.Length, nameof(expectations), inputs, weights);
        for (var sample = 0; sample < batch; sample++)
        {
            var state = Run(Sample(inputs, sample), weights, shiftedOperation: -1, shift: 0);
            for (var output = 0; output < OutputCount; output++)
                expectations[(sample * OutputCount) + output] = state.Expectation(Circuit.Observables[output]);
        }
    }

    /// <inheritdoc/>
    public void VectorJacobianProduct(
        ReadOnlySpan<double> inputs,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> cotangents,
        Span<double> inputGradients,
        Span<double> weightGradients)
    {
        var batch = BatchShape.Check(Circuit, cotangents.Length, nameof(cotangents), inputs, weights);
        BatchShape.CheckGradients(inputs.Length, inputGradients.Length, weights.Length, weightGradients.Length);
        inputGradients.Clear();
        weightGradients.Clear();
        for (var sample = 0; sample < batch; sample++)
        {
            var x = Sample(inputs, sample);
            var dx = inputGradients.Slice(sample * Circuit.InputCount, Circuit.InputCount);
            var cotangent = cotangents.Slice(sample * OutputCount, OutputCount);
            for (var index = 0; index < Circuit.Operations.Length; index++)
            {
                if (Circuit.Operations[index].Angle is not { Source: not AngleSource.Constant } angle)
                    continue;
                angle.AddGradient(angle.Scale * Derivative(index, x, weights, cotangent), x, dx, weightGradients);
            }

            if (Circuit.Preparation == StatePreparation.Amplitudes)
                AddAmplitudes(x, weights, cotangent, dx);
        }
    }

    /// <summary>With A = Re U†OU and the norm N of x, f = xᵀAx/N², so ∂f/∂x_j = 2((Ax)_j − f·x_j)/N².</summary>
    private void AddAmplitudes(
        ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, ReadOnlySpan<double> cotangent, Span<double> gradients)
    {
        var size = 1 << Circuit.WireCount;
        var norm = Norm(inputs);
        var state = Run(inputs, weights, shiftedOperation: -1, shift: 0);
        var basis = new double[size];
        for (var j = 0; j < size; j++)
        {
            basis.AsSpan().Clear();
            basis[j] = 1;
            var column = new ReferenceState(Circuit.WireCount, basis);
            ApplyGates(column, inputs, weights, shiftedOperation: -1, shift: 0);
            for (var output = 0; output < OutputCount; output++)
            {
                var terms = Circuit.Observables[output].Terms;
                var row = terms.Sum(term => term.Coefficient * column.Matrix(term.Pauli, state).Real);
                var mean = state.Expectation(Circuit.Observables[output]);
                gradients[j] += cotangent[output] * 2 * (row - (mean * inputs[j] / norm)) / norm;
            }
        }
    }

    private double Norm(ReadOnlySpan<double> inputs)
    {
        var sum = 0.0;
        foreach (var amplitude in inputs[..(1 << Circuit.WireCount)])
            sum += amplitude * amplitude;
        return Math.Sqrt(sum);
    }

    private double Derivative(
        int operation, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, ReadOnlySpan<double> cotangent)
    {
        var sum = 0.0;
        foreach (var (shift, coefficient) in ParameterShift.Rule(Circuit.Operations[operation].Kind))
        {
            var state = Run(inputs, weights, operation, shift);
            for (var output = 0; output < OutputCount; output++)
                sum += coefficient * cotangent[output] * state.Expectation(Circuit.Observables[output]);
        }

        return sum;
    }

    private ReferenceState Run(
        ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, int shiftedOperation, double shift)
    {
        var state = Prepare(inputs);
        ApplyGates(state, inputs, weights, shiftedOperation, shift);
        return state;
    }

    private ReferenceState Prepare(ReadOnlySpan<double> inputs)
    {
        if (Circuit.Preparation == StatePreparation.Zero)
            return new ReferenceState(Circuit.WireCount);
        var amplitudes = inputs[..(1 << Circuit.WireCount)].ToArray();
        var norm = Norm(inputs);
        return new ReferenceState(Circuit.WireCount, Array.ConvertAll(amplitudes, amplitude => amplitude / norm));
    }

    private void ApplyGates(
        ReferenceState state, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, int shiftedOperation, double shift)
    {
        for (var index = 0; index < Circuit.Operations.Length; index++)
        {
            var operation = Circuit.Operations[index];
            var angle = operation.Angle?.Evaluate(inputs, weights) ?? 0;
            state.Apply(operation, index == shiftedOperation ? angle + shift : angle);
        }
    }

    private ReadOnlySpan<double> Sample(ReadOnlySpan<double> inputs, int sample) =>
        inputs.Slice(sample * Circuit.InputCount, Circuit.InputCount);
}
