using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.PauliPropagation;
using Fovea.Torch.Onnx;

namespace Fovea.Models.Graphs;

/// <summary>
/// Writes a circuit with trained weights as operators on samples: [sets, samples, inputs] → [sets, samples, observables]. Its trigonometric form where it has
/// one (<see cref="TrigonometricWriter"/>), else its state vector (<see cref="StateVectorWriter"/>), which needs memory for 2^wires amplitudes a sample.
/// </summary>
internal static class CircuitWriter
{
    /// <summary>Most wires of a state vector: its matrices have 4^(wires + 1) numbers.</summary>
    internal const int MostStateWires = 9;

    /// <summary>Writes the circuit.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="circuit">The circuit.</param>
    /// <param name="weights">[sets]: the weights of each.</param>
    /// <param name="inputs">The samples' inputs in radians.</param>
    /// <exception cref="InputException">The circuit has no trigonometric form and too many wires for a state vector.</exception>
    internal static string Write(OnnxGraph graph, Circuit circuit, double[][] weights, string inputs) =>
        AsPolynomial(graph, circuit, weights, inputs) ?? AsStateVector(graph, circuit, weights, inputs) ?? throw new InputException(
            $"a circuit of {circuit.WireCount} qubits whose inputs enter behind entangling gates, or whose trigonometric form is too large, cannot be "
            + $"written as ONNX; allowed: up to {MostStateWires} qubits, or inputs before all entangling gates");

    /// <summary>The trigonometric form; null where there is none, or none that is small enough.</summary>
    internal static string? AsPolynomial(OnnxGraph graph, Circuit circuit, double[][] weights, string inputs) =>
        TrigonometricPlan.TryCreate(circuit, out _) is { } plan && TrigonometricWriter.Fits(plan, weights.Length)
            ? new TrigonometricWriter(graph, plan, weights, inputs).Write()
            : null;

    /// <summary>The state vector; null for too many wires.</summary>
    internal static string? AsStateVector(OnnxGraph graph, Circuit circuit, double[][] weights, string inputs) =>
        circuit.Preparation == StatePreparation.Zero && circuit.WireCount <= MostStateWires
            ? new StateVectorWriter(graph, RotationCircuit.Of(circuit), weights, inputs).Write()
            : null;

    /// <summary>[sets, samples, 1], all 1.</summary>
    internal static string Ones(OnnxGraph graph, string samples) =>
        graph.Add(graph.Mul(graph.Slice(samples, 2, 0, 1), graph.Numbers([0])), graph.Numbers([1]));

    /// <summary>The angles of rotations about inputs, [sets, samples, rotations].</summary>
    internal static string Angles(OnnxGraph graph, IReadOnlyList<PauliRotationGate> rotations, string inputs, double factor = 1)
    {
        var values = graph.Gather(inputs, [.. rotations.Select(rotation => (long)rotation.Angle.Index)], 2);
        if (rotations[0].Angle.Source == AngleSource.InputProduct)
            values = graph.Mul(values, graph.Gather(inputs, [.. rotations.Select(rotation => (long)rotation.Angle.SecondIndex)], 2));
        double[] scales = [.. rotations.Select(rotation => factor * rotation.Scale)];
        return scales.All(scale => scale == 1) ? values : graph.Mul(values, graph.Rounded(scales, 1, 1, scales.Length));
    }

    /// <summary>The angle of a rotation that is the same for all samples of a set.</summary>
    internal static double Angle(PauliRotationGate rotation, double[] weights) =>
        rotation.Scale * (rotation.Angle.Source == AngleSource.Weight ? weights[rotation.Angle.Index] : 1);
}
