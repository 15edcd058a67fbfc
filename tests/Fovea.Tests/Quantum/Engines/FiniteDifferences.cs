using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>Central differences of the loss Σ cotangent·⟨Z⟩ of the reference engine's forward pass, in double.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    public static (double[] Inputs, double[] Weights) Of(RandomCircuit problem)
    {
        var engine = new ReferenceEngine(problem.Circuit);
        return (Differentiate(problem.Inputs, Loss), Differentiate(problem.Weights, Loss));

        double Loss()
        {
            var z = new double[problem.Cotangents.Length];
            engine.Forward(problem.Inputs, problem.Weights, z);
            return z.Zip(problem.Cotangents, (value, cotangent) => value * cotangent).Sum();
        }
    }

    private static double[] Differentiate(double[] parameters, Func<double> loss)
    {
        var gradient = new double[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var center = parameters[i];
            parameters[i] = center + Step;
            var above = loss();
            parameters[i] = center - Step;
            gradient[i] = (above - loss()) / (2 * Step);
            parameters[i] = center;
        }

        return gradient;
    }
}
