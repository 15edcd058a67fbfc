using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.PauliPropagation;
using Fovea.Torch.Onnx;

namespace Fovea.Models.Graphs;

/// <summary>
/// A circuit as its state vector in real numbers, [sets, samples, 2·2^wires], real parts then imaginary parts; wire q is bit q of the index. Rotations about
/// weights that follow on each other are one matrix product; a rotation about an input, exp(−iαP/2) = cos(α/2)·1 − i·sin(α/2)·P, takes each number and the one
/// that P brings to its place.
/// </summary>
internal sealed class StateVectorWriter(OnnxGraph graph, RotationCircuit circuit, double[][] weights, string inputs)
{
    private readonly int _size = 1 << circuit.Circuit.WireCount;

    /// <summary>[sets, samples, observables].</summary>
    internal string Write()
    {
        var start = circuit.Rotations.TakeWhile(rotation => !rotation.IsInput).ToArray();
        var state = graph.Mul(CircuitWriter.Ones(graph, inputs), Start(start));
        for (var next = start.Length; next < circuit.Rotations.Count;)
        {
            if (circuit.Rotations[next].IsInput)
            {
                state = Turn(state, circuit.Rotations[next++]);
                continue;
            }

            var run = circuit.Rotations.Skip(next).TakeWhile(rotation => !rotation.IsInput).ToArray();
            state = graph.MatMul(state, Matrix(run));
            next += run.Length;
        }

        return Measure(state);
    }

    private string Start(PauliRotationGate[] rotations) => graph.Rounded(
        [.. weights.SelectMany(set => InReals(Run(rotations, set, 0)))], weights.Length, 1, 2 * _size);

    // Row j is where basis state j goes; row size + j, where i times it goes.
    private string Matrix(PauliRotationGate[] rotations)
    {
        var numbers = new List<double>(weights.Length * 4 * _size * _size);
        foreach (var set in weights)
        {
            var images = Enumerable.Range(0, _size).Select(basis => Run(rotations, set, basis)).ToArray();
            foreach (var image in images) numbers.AddRange(InReals(image));
            foreach (var image in images) numbers.AddRange(InReals([.. image.Select(value => Complex.ImaginaryOne * value)]));
        }

        return graph.Rounded(numbers.ToArray(), weights.Length, 2 * _size, 2 * _size);
    }

    private static IEnumerable<double> InReals(Complex[] state) => state.Select(value => value.Real).Concat(state.Select(value => value.Imaginary));

    private Complex[] Run(PauliRotationGate[] rotations, double[] set, int basis)
    {
        var state = new Complex[_size];
        state[basis] = 1;
        foreach (var rotation in rotations)
        {
            var (sin, cos) = Math.SinCos(CircuitWriter.Angle(rotation, set) / 2);
            var before = state;
            state = [.. Enumerable.Range(0, _size).Select(at =>
                (cos * before[at]) - (Complex.ImaginaryOne * sin * Phase(rotation.Axis, at) * before[at ^ (int)rotation.Axis.X]))];
        }

        return state;
    }

    private string Turn(string state, PauliRotationGate rotation)
    {
        var angle = CircuitWriter.Angles(graph, [rotation], inputs, 0.5);
        var (places, factors) = Brought(rotation.Axis, -Complex.ImaginaryOne);
        var brought = graph.Mul(graph.Gather(state, places, 2), graph.Rounded(factors, 1, 1, factors.Length));
        return graph.Add(graph.Mul(state, graph.Each("Cos", angle)), graph.Mul(brought, graph.Each("Sin", angle)));
    }

    // ⟨O⟩ = Σ c·⟨ψ|P|ψ⟩: strings that bring numbers to the same places share a product, and their factors are columns of a matrix.
    private string Measure(string state)
    {
        var terms = circuit.Observables.SelectMany((observable, output) =>
            observable.Terms.Select(term => (Output: output, term.Coefficient, Moved: Brought(term.Pauli, 1))));
        string? sum = null;
        foreach (var group in terms.GroupBy(term => string.Join(' ', term.Moved.Places)))
        {
            var outputs = circuit.Observables.Length;
            var matrix = new double[2 * _size * outputs];
            foreach (var (output, coefficient, moved) in group)
                for (var at = 0; at < 2 * _size; at++) matrix[(at * outputs) + output] += coefficient * moved.Factors[at];
            var product = graph.MatMul(graph.Mul(state, graph.Gather(state, group.First().Moved.Places, 2)), graph.Rounded(matrix, 2 * _size, outputs));
            sum = sum is null ? product : graph.Add(sum, product);
        }

        return sum!;
    }

    // What factor · P does to a state in real numbers: number k becomes Factors[k] times the number at Places[k].
    private (long[] Places, double[] Factors) Brought(PauliString pauli, Complex factor)
    {
        var (places, factors) = (new long[2 * _size], new double[2 * _size]);
        for (var at = 0; at < _size; at++)
        {
            var from = at ^ (int)pauli.X;
            var phase = factor * Phase(pauli, at);
            var isReal = Math.Abs(phase.Real) > 0.5;
            (places[at], factors[at]) = isReal ? (from, phase.Real) : (_size + from, -phase.Imaginary);
            (places[_size + at], factors[_size + at]) = isReal ? (_size + from, phase.Real) : (from, phase.Imaginary);
        }

        return (places, factors);
    }

    // The phase with which P brings a number to a place: i for each Y, −1 for each Z or Y on a wire that was |1⟩.
    private static Complex Phase(PauliString pauli, int to)
    {
        var from = (ulong)to ^ pauli.X;
        var quarters = BitOperations.PopCount(pauli.X & pauli.Z) + (2 * BitOperations.PopCount(pauli.Z & from));
        return (quarters & 3) switch { 0 => 1, 1 => Complex.ImaginaryOne, 2 => -1, _ => -Complex.ImaginaryOne };
    }
}
