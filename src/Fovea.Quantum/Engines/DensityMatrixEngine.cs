using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.Engines;

/// <summary>
/// Noisy expectation values by density matrices, one sample at a time in complex double precision, and gradients by the
/// parameter-shift rule, which holds for noisy circuits as well because expectation values stay linear in each gate's conjugation.
/// The independent reference of noise; always uses one thread.
/// </summary>
public sealed class DensityMatrixEngine : IExpectationEngine<double>
{
    private readonly Observable[] _observables;
    private int _threads = 1;

    /// <summary>Creates the engine for one circuit of at most <see cref="DensityMatrix.MaxWires"/> wires.</summary>
    /// <exception cref="NotSupportedException">Too many wires.</exception>
    public DensityMatrixEngine(NoisyCircuit noisy)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        if (noisy.Circuit.WireCount > DensityMatrix.MaxWires)
            throw new NotSupportedException($"density matrices take at most {DensityMatrix.MaxWires} wires, not {noisy.Circuit.WireCount}");
        Noisy = noisy;
        _observables = [.. noisy.Circuit.Observables.Select(observable => ReadoutPullBack.Apply(observable, noisy.Readout))];
    }

    /// <summary>The circuit with its noise.</summary>
    public NoisyCircuit Noisy { get; }

    /// <inheritdoc/>
    public Circuit Circuit => Noisy.Circuit;

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
            var state = Run(Sample(inputs, sample), weights);
            for (var output = 0; output < OutputCount; output++)
                expectations[(sample * OutputCount) + output] = state.Expectation(_observables[output]);
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
        if (Circuit.Preparation == StatePreparation.Amplitudes)
            throw new NotSupportedException("gradients by amplitudes are not available with noise");
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
        }
    }

    /// <summary>The density matrix at the end, before readout.</summary>
    /// <param name="inputs">[InputCount] of one sample.</param>
    /// <param name="weights">[WeightCount].</param>
    public DensityMatrix Run(ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights) => Run(inputs, weights, -1, 0);

    private double Derivative(int operation, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, ReadOnlySpan<double> cotangent)
    {
        var sum = 0.0;
        foreach (var (shift, coefficient) in ParameterShift.Rule(Circuit.Operations[operation].Kind))
        {
            var state = Run(inputs, weights, operation, shift);
            for (var output = 0; output < OutputCount; output++)
                sum += coefficient * cotangent[output] * state.Expectation(_observables[output]);
        }

        return sum;
    }

    private DensityMatrix Run(ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, int shiftedOperation, double shift)
    {
        var state = Prepare(inputs);
        foreach (var (channel, position) in Noisy.Steps)
        {
            if (channel is not null)
            {
                state.Apply(channel.Channel, channel.Wires.AsSpan());
                continue;
            }

            var operation = Circuit.Operations[position];
            var angle = operation.Angle?.Evaluate(inputs, weights) ?? 0;
            state.Apply(operation, position == shiftedOperation ? angle + shift : angle);
        }

        return state;
    }

    private DensityMatrix Prepare(ReadOnlySpan<double> inputs)
    {
        if (Circuit.Preparation == StatePreparation.Zero)
            return new DensityMatrix(Circuit.WireCount);
        var amplitudes = inputs[..(1 << Circuit.WireCount)].ToArray();
        var norm = Math.Sqrt(amplitudes.Sum(amplitude => amplitude * amplitude));
        return new DensityMatrix(Circuit.WireCount, Array.ConvertAll(amplitudes, amplitude => amplitude / norm));
    }

    private ReadOnlySpan<double> Sample(ReadOnlySpan<double> inputs, int sample) =>
        inputs.Slice(sample * Circuit.InputCount, Circuit.InputCount);
}
