using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Samples;

/// <summary>Expectation values of a circuit and their exact gradients, checked against the parameter-shift rule.</summary>
internal static class CircuitGradients
{
    public static void Run()
    {
        // Two inputs, two weights, one measured Pauli string on three wires.
        var circuit = new CircuitBuilder(3)
            .RY(Angle.Input(0), 0).RY(Angle.Input(1), 1)
            .CNOT(0, 1).RX(Angle.Weight(0), 1)
            .CNOT(1, 2).RY(Angle.Weight(1), 2)
            .Build([Observable.Pauli("Z0*Z2")]);
        var plan = new EnginePlanner(batch: 1, isDouble: true).Plan(circuit);
        var engine = plan.CreateEngine<double>();

        double[] inputs = [0.4, 0.9], weights = [0.3, -0.7];
        var value = new double[1];
        engine.Forward(inputs, weights, value);
        Console.WriteLine($"value by the engine {plan.Chosen.Name}: {value[0]:F6}");

        double[] byInputs = new double[2], byWeights = new double[2];
        engine.VectorJacobianProduct(inputs, weights, [1.0], byInputs, byWeights);
        for (var w = 0; w < weights.Length; w++)
            Console.WriteLine($"gradient by weight {w}: {byWeights[w]:F6}, by parameter shift {Shift(w):F6}");

        double Shift(int weight)
        {
            double At(double offset)
            {
                double[] shifted = [.. weights];
                shifted[weight] += offset;
                engine.Forward(inputs, shifted, value);
                return value[0];
            }

            return (At(Math.PI / 2) - At(-Math.PI / 2)) / 2;
        }
    }
}
