using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.Planning;
using Fovea.Quantum.Shots;

namespace Fovea.Devices.Execution;

/// <summary>
/// Derivatives of a circuit's expectation values: exact, ideal or under noise, or from shots by the parameter-shift rule, a parameter that
/// occurs in several gates by the sum over its gates.
/// </summary>
/// <param name="circuit">The circuit, its inputs and weights open.</param>
/// <param name="request">How it is run; neither a method nor trajectories.</param>
public sealed class CircuitGradient(Circuit circuit, CircuitRunRequest request)
{
    /// <summary>[output, inputs then weights].</summary>
    /// <param name="inputs">[InputCount] of one sample.</param>
    /// <param name="weights">[WeightCount].</param>
    /// <exception cref="InputException">A setting breaks a rule, or no engine takes the circuit; one line.</exception>
    public double[,] Run(ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights)
    {
        request.Validate();
        if (request.Method is not null || request.Trajectories is not null)
            throw new InputException("gradients are computed exactly or from shots; leave the method and the trajectories away");
        if (request.Options.Mitigation == Mitigation.ZeroNoise)
            throw new InputException($"gradients have no extrapolation to zero noise; allowed: {new NamedInput("Mitigation")} none, readout");
        var jacobian = new double[circuit.Observables.Length, inputs.Length + weights.Length];
        try
        {
            var isBare = request.Profile is null && request.Plain is null && request.Options.Shots is null;
            if (isBare || !MeasurementGroup.IsNeeded(circuit))
            {
                Add(jacobian, Engine(circuit, 0, 0), [.. Enumerable.Range(0, circuit.Observables.Length)], inputs, weights);
            }
            else
            {
                foreach (var (number, group) in MeasurementGroup.Group(circuit).Index())
                    Add(jacobian, Engine(group.Circuit, group.Rotations, number), group.Outputs, inputs, weights);
            }
        }
        catch (NotSupportedException e)
        {
            throw new InputException(e.Message.ReplaceLineEndings(" "), e);
        }

        return jacobian;
    }

    private IExpectationEngine<double> Engine(Circuit part, int quietGates, int number)
    {
        if (request.Profile is null && request.Plain is null && request.Options.Shots is null)
            return new EnginePlanner(batch: 1, isDouble: true).Plan(part).CreateEngine<double>(request.Threads);
        var noisy = request.Profile is { } profile ? new DeviceBackend(profile, request.Options).Compile(part).Noisy
            : request.Plain?.On(part, quietGates) ?? new NoisyCircuit(part, []);
        var mitigates = request.Options.Mitigation == Mitigation.Readout;
        if (mitigates)
            noisy.RequireInvertibleReadout();
        if (request.Options.Shots is { } shots)
            return ByShots(noisy, new ShotOptions(shots, request.Options.Seed + (ulong)number, mitigates));
        noisy = mitigates ? noisy.WithReadoutInverted() : noisy;
        return TrigonometricEngine.TryCreate<double>(noisy, request.Threads, out _) is { } engine ? engine : new DensityMatrixEngine(noisy);
    }

    private ShotEngine<double> ByShots(NoisyCircuit noisy, ShotOptions options)
    {
        try
        {
            return new ShotEngine<double>(noisy, options) { Threads = request.Threads };
        }
        catch (NotSupportedException e)
        {
            throw new InputException($"{new NamedInput("Shots")}: {e.Message}; without it the gradient is exact", e);
        }
    }

    private static void Add(double[,] jacobian, IExpectationEngine<double> engine, int[] outputs, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights)
    {
        var (cotangents, dx, dw) = (new double[outputs.Length], new double[inputs.Length], new double[weights.Length]);
        for (var output = 0; output < outputs.Length; output++)
        {
            cotangents[output] = 1;
            engine.VectorJacobianProduct(inputs, weights, cotangents, dx, dw);
            cotangents[output] = 0;
            foreach (var (column, value) in dx.Concat(dw).Index())
                jacobian[outputs[output], column] += value;
        }
    }
}
