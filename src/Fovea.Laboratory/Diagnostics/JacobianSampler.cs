using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.LightCones;

namespace Fovea.Laboratory.Diagnostics;

/// <summary>
/// Derivatives of every output by every input and parameter at random points, by adjoint differentiation over each output's light cone. Engines
/// share weights over a batch and draws must not, so the weights become inputs here.
/// </summary>
internal sealed class JacobianSampler
{
    private readonly Circuit _circuit;
    private readonly ParameterDraws _draws;
    private readonly OutputCone[] _cones;

    public JacobianSampler(Circuit circuit, ulong seed)
    {
        _circuit = circuit;
        _draws = new ParameterDraws(circuit, seed);
        var freed = Free(circuit);
        _cones = [.. freed.Observables.Select((observable, output) => OutputCone.Trace(freed, observable, output))];
    }

    /// <summary>Columns of a Jacobian: the inputs, then the weights.</summary>
    public int Columns => _circuit.InputCount + _circuit.WeightCount;

    /// <summary>Rows of a Jacobian.</summary>
    public int Outputs => _cones.Length;

    /// <summary>Jacobians at some draws.</summary>
    /// <param name="first">Number of the first draw.</param>
    /// <param name="count">Number of draws.</param>
    /// <param name="cancellation">Stops it between outputs.</param>
    /// <returns>[output, draw, column].</returns>
    public double[] Draw(int first, int count, CancellationToken cancellation = default)
    {
        var (inputs, weights) = (new double[count * _circuit.InputCount], new double[count * _circuit.WeightCount]);
        _draws.Fill(first, count, inputs, weights);
        var values = new double[count * Columns];
        for (var draw = 0; draw < count; draw++)
        {
            inputs.AsSpan(draw * _circuit.InputCount, _circuit.InputCount).CopyTo(values.AsSpan(draw * Columns));
            weights.AsSpan(draw * _circuit.WeightCount, _circuit.WeightCount).CopyTo(values.AsSpan((draw * Columns) + _circuit.InputCount));
        }

        var jacobians = new double[Outputs * count * Columns];
        for (var output = 0; output < Outputs; output++)
        {
            cancellation.ThrowIfCancellationRequested();
            _cones[output].Differentiate(values, Columns, jacobians.AsSpan(output * count * Columns, count * Columns));
        }

        return jacobians;
    }

    private static Circuit Free(Circuit circuit) => new(
        circuit.WireCount,
        circuit.InputCount + circuit.WeightCount,
        0,
        circuit.Operations.Select(operation => operation.Angle is { Source: AngleSource.Weight } angle
            ? new Operation(operation.Kind, operation.Wires.AsSpan(), Angle.Input(circuit.InputCount + angle.Index, angle.Scale))
            : operation),
        circuit.Observables);

    /// <summary>One output on the wires that it sees.</summary>
    private sealed class OutputCone
    {
        private readonly CircuitPart _part;
        private readonly StateVectorEngine<double>? _engine;

        private OutputCone(CircuitPart part)
        {
            _part = part;
            // An output that depends on nothing has nothing to differentiate.
            _engine = part.Inputs.IsEmpty ? null : new StateVectorEngine<double>(part.Circuit);
        }

        public static OutputCone Trace(Circuit circuit, Observable observable, int output) =>
            new(CircuitPart.Extract(circuit, [output], LightCone.Trace(circuit, observable).Operations));

        /// <param name="values">[draw, column].</param>
        /// <param name="columns">Columns.</param>
        /// <param name="gradients">[draw, column], zero before.</param>
        public void Differentiate(ReadOnlySpan<double> values, int columns, Span<double> gradients)
        {
            if (_engine is null)
                return;
            var (count, seen) = (values.Length / columns, _part.Inputs);
            var (inputs, local, ones) = (new double[count * seen.Length], new double[count * seen.Length], new double[count]);
            Array.Fill(ones, 1);
            for (var draw = 0; draw < count; draw++)
            {
                for (var k = 0; k < seen.Length; k++)
                    inputs[(draw * seen.Length) + k] = values[(draw * columns) + seen[k]];
            }

            _engine.VectorJacobianProduct(inputs, [], ones, local, []);
            for (var draw = 0; draw < count; draw++)
            {
                for (var k = 0; k < seen.Length; k++)
                    gradients[(draw * columns) + seen[k]] = local[(draw * seen.Length) + k];
            }
        }
    }
}
