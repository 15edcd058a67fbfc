using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.PauliTransfers;

/// <summary>The vectors of a <see cref="TransferProgram"/> for one set of weights, forward and back.</summary>
internal sealed class TransferState : CoefficientState
{
    private readonly TransferProgram _program;
    private readonly MapValues[] _maps;
    private readonly double[][] _inputs;
    private readonly double[] _coefficients;
    private readonly double[] _cotangents;
    private readonly double[] _weights;
    private readonly double[]?[][] _saved;
    private double[] _vector;
    private double[] _next;
    private bool _saves;

    /// <summary>Allocates for a program.</summary>
    public TransferState(TransferProgram program)
    {
        _program = program;
        _maps = [.. program.Maps.Select(map => new MapValues(map))];
        _inputs = [.. Enumerable.Range(0, program.Inputs.WireCount).Select(wire => program.Inputs.Map(wire).Cast<double>().ToArray())];
        (_coefficients, _cotangents) = (new double[program.Strings.Count], new double[program.Strings.Count]);
        var largest = program.Cones.Max(cone => cone.Lanes << (2 * cone.Wires.Count));
        (_vector, _next) = (new double[largest], new double[largest]);
        _weights = new double[1 + program.Maps.SelectMany(map => map.Factors).Select(factor => factor.Weight).DefaultIfEmpty(-1).Max()];
        _saved = [.. program.Cones.Select(cone => new double[]?[cone.Steps.Count])];
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Coefficients => _coefficients;

    /// <inheritdoc/>
    public override Span<double> Cotangents => _cotangents;

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<double> weights)
    {
        weights[.._weights.Length].CopyTo(_weights);
        foreach (var map in _maps)
            map.Update(_weights);
        var first = 0;
        for (var cone = 0; cone < _program.Cones.Length; cone++)
            first += Forward(cone, _coefficients.AsSpan(first));
    }

    /// <inheritdoc/>
    public override void AddWeightGradients(Span<double> gradients)
    {
        if (!_saves)
        {
            // Only who asks for gradients pays for keeping the vectors in front of trainable maps.
            _saves = true;
            Run(_weights);
        }

        foreach (var map in _maps)
            Array.Clear(map.Gradient);
        var first = 0;
        for (var cone = 0; cone < _program.Cones.Length; cone++)
            first += Backward(cone, _cotangents.AsSpan(first));
        for (var map = 0; map < _maps.Length; map++)
        {
            if (_program.Maps[map].HasWeights)
                _maps[map].AddWeightGradients(_weights, gradients);
        }
    }

    /// <summary>Writes the coefficients of a cone's outputs and returns how many.</summary>
    private int Forward(int index, Span<double> coefficients)
    {
        var cone = _program.Cones[index];
        cone.Start.CopyTo(_vector, 0);
        var size = cone.Start.Length;
        for (var k = 0; k < cone.Steps.Count; k++)
        {
            var step = cone.Steps[k];
            // New wires are slower digits with the identity there.
            _vector.AsSpan(size, step.Size - size).Clear();
            size = step.Size;
            var map = _maps[step.Map];
            if (_saves && _program.Maps[step.Map].HasWeights)
                _vector.AsSpan(0, size).CopyTo(_saved[index][k] ??= new double[size]);
            Apply(step, _vector.AsSpan(0, size), _next.AsSpan(0, size), map.Values, step.Entries);
            (_vector, _next) = (_next, _vector);
        }

        // From the slowest digit on: the faster ones keep their strides.
        for (var digit = cone.Wires.Count - 1; digit >= 0; digit--)
            size = ToFunctions(cone, digit, size);
        return MoveLanes(cone, size, _vector, cone.Lanes, coefficients, cone.Outputs.Count);
    }

    /// <summary>Takes the cotangents of a cone's outputs back and adds to the maps' gradients; returns how many there are.</summary>
    private int Backward(int index, Span<double> cotangents)
    {
        var cone = _program.Cones[index];
        var size = cone.Lanes * _program.Inputs.FunctionCountOf(cone.Wires);
        _vector.AsSpan(0, size).Clear();
        var count = MoveLanes(cone, size, cotangents, cone.Outputs.Count, _vector, cone.Lanes);
        for (var digit = 0; digit < cone.Wires.Count; digit++)
            size = FromFunctions(cone, digit, size);
        for (var k = cone.Steps.Count - 1; k >= 0; k--)
        {
            var step = cone.Steps[k];
            size = step.Size;
            var map = _maps[step.Map];
            var cotangent = _vector.AsSpan(0, size);
            if (_saved[index][k] is { } before)
            {
                if (step.Entries.Length == 0)
                    VectorKernel.AddGradient(before, cotangent, step.Strides[0], map.Gradient);
                else
                    VectorKernel.AddGradient(before, cotangent, step.Strides, step.Entries, map.Gradient);
            }

            Apply(step, cotangent, _next.AsSpan(0, size), step.Entries.Length == 0 ? map.Transposed : map.Values, step.Backward);
            (_vector, _next) = (_next, _vector);
        }

        return count;
    }

    /// <summary>Copies what belongs to outputs between vectors with and without empty lanes; returns how many numbers that are.</summary>
    private static int MoveLanes(ConePlan cone, int size, ReadOnlySpan<double> source, int sourceLanes, Span<double> target, int targetLanes)
    {
        var (functions, outputs) = (size / cone.Lanes, cone.Outputs.Count);
        for (var function = 0; function < functions; function++)
            source.Slice(function * sourceLanes, outputs).CopyTo(target[(function * targetLanes)..]);
        return functions * outputs;
    }

    private static void Apply(ConeStep step, ReadOnlySpan<double> source, Span<double> target, double[] matrix, (int, int, int)[] entries)
    {
        if (step.Entries.Length == 0)
            VectorKernel.Apply(source, target, step.Strides[0], matrix);
        else
            VectorKernel.Apply(source, target, step.Strides, entries, matrix);
    }

    /// <summary>One digit from four components to one or three functions: [slower][4][faster] to [slower][functions][faster].</summary>
    private int ToFunctions(ConePlan cone, int digit, int size)
    {
        var map = _inputs[cone.Wires[digit]];
        var (functions, faster) = (map.Length / 4, cone.Lanes << (2 * digit));
        var slower = size / (4 * faster);
        _next.AsSpan(0, slower * functions * faster).Clear();
        for (var s = 0; s < slower; s++)
            Contract(map, functions, faster, _vector.AsSpan(s * 4 * faster), _next.AsSpan(s * functions * faster), transposed: false);
        (_vector, _next) = (_next, _vector);
        return slower * functions * faster;
    }

    private int FromFunctions(ConePlan cone, int digit, int size)
    {
        var map = _inputs[cone.Wires[digit]];
        var (functions, faster) = (map.Length / 4, cone.Lanes << (2 * digit));
        var slower = size / (functions * faster);
        _next.AsSpan(0, slower * 4 * faster).Clear();
        for (var s = 0; s < slower; s++)
            Contract(map, functions, faster, _next.AsSpan(s * 4 * faster), _vector.AsSpan(s * functions * faster), transposed: true);
        (_vector, _next) = (_next, _vector);
        return slower * 4 * faster;
    }

    private static void Contract(double[] map, int functions, int faster, Span<double> components, Span<double> values, bool transposed)
    {
        for (var f = 0; f < functions; f++)
        {
            for (var component = 0; component < 4; component++)
            {
                var factor = map[(4 * f) + component];
                if (factor == 0)
                    continue;
                var (a, b) = (component * faster, f * faster);
                for (var k = 0; k < faster; k++)
                {
                    if (transposed)
                        components[a + k] += factor * values[b + k];
                    else
                        values[b + k] += factor * components[a + k];
                }
            }
        }
    }
}
