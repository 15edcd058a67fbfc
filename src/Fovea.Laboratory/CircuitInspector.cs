using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.LightCones;
using Fovea.Quantum.Planning;

namespace Fovea.Laboratory;

/// <summary>What is soon told of any circuit, also one that a trained network runs.</summary>
public static class CircuitInspector
{
    private const int NoiseDraws = 256;
    private const int AtOnce = 32; // a moment's work on the widest circuits
    private const double Nothing = 1e-12; // a square of rounding errors

    /// <summary>Its gates, what each output can see, and the parameters that do nothing: without sampled figures.</summary>
    /// <param name="circuit">A circuit of up to 14 or so wires, whose states are simulated.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="NotSupportedException">The circuit begins with amplitudes: what is proved of |0…0⟩ would be said of them.</exception>
    public static CircuitInspection Inspect(Circuit circuit, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        if (circuit.Preparation != StatePreparation.Zero)
            throw new NotSupportedException("the circuit starts from amplitudes, not from |0…0⟩");
        var gradients = GradientStudy.Measure(circuit, seed: 0, SampleBudget.ForProof, cancellation);
        var dead = DeadParameters.Find(circuit, gradients, cancellation);
        return new()
        {
            Circuit = circuit,
            Cost = CostStudy.Count(circuit, dead.Count),
            DeadParameters = dead,
            Blocks = WireBlocks.Find(circuit),
            Cones = [.. circuit.Observables.Select(observable => LightCone.Trace(circuit, observable))],
        };
    }

    /// <summary>
    /// What a device's noise does to the outputs at given weights: exact values on the device and without noise, at random inputs uniform in [0, 2π).
    /// </summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="weights">[WeightCount], its weights.</param>
    /// <param name="profile">The device, which the circuit is compiled to.</param>
    /// <param name="cancellation">Stops it.</param>
    public static OutputNoise UnderNoise(Circuit circuit, IReadOnlyList<double> weights, DeviceProfile profile, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(profile);
        var backend = new DeviceBackend(profile);
        try
        {
            var noisyEngine = backend.CreateEngine<double>(circuit);
            double[] given = [.. weights];
            var (inputs, outputs) = (new double[NoiseDraws * circuit.InputCount], circuit.Observables.Length);
            new ParameterDraws(circuit, seed: 0).Fill(0, NoiseDraws, inputs, new double[NoiseDraws * circuit.WeightCount]);
            var (ideal, noisy) = (new double[NoiseDraws * outputs], new double[NoiseDraws * outputs]);
            new EnginePlanner(NoiseDraws, isDouble: true).Plan(circuit).CreateEngine<double>().Forward(inputs, given, ideal);
            for (var first = 0; first < NoiseDraws; first += AtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                noisyEngine.Forward(
                    inputs.AsSpan(first * circuit.InputCount, AtOnce * circuit.InputCount), given, noisy.AsSpan(first * outputs, AtOnce * outputs));
            }

            return new(
                profile.Name, [.. Enumerable.Range(0, outputs).Select(output => Kept(ideal, noisy, output, outputs))],
                RelativeError(ideal, noisy), backend.Compile(circuit).Report, null);
        }
        catch (Exception e) when (e is Core.Errors.InputException or NotSupportedException)
        {
            return new(profile.Name, [], null, null, e.Message);
        }
    }

    // Of outputs that are zero everywhere there is none.
    private static double? RelativeError(double[] ideal, double[] noisy)
    {
        var square = ideal.Sum(value => value * value);
        return square <= Nothing ? null : Math.Sqrt(noisy.Zip(ideal, (x, y) => (x - y) * (x - y)).Sum() / square);
    }

    // The slope of the noisy values over the ideal ones through zero; an output that is zero everywhere has none.
    private static double? Kept(double[] ideal, double[] noisy, int output, int outputs)
    {
        var (product, square) = (0.0, 0.0);
        for (var k = output; k < ideal.Length; k += outputs)
            (product, square) = (product + (ideal[k] * noisy[k]), square + (ideal[k] * ideal[k]));
        return square > Nothing ? product / square : null;
    }
}
