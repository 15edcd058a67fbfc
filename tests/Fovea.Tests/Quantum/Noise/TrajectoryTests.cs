using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Quantum.Noise;

public sealed class TrajectoryTests
{
    private const int Trajectories = 2000;

    // Five standard errors, as estimated from the trajectories themselves; the offset covers outputs without any spread.
    private const double StandardErrors = 5;
    private const double Rounding = 1e-9;

    [Fact]
    public void Estimate_RandomNoise_AgreesWithTheDensityMatrix()
    {
        for (var seed = 1UL; seed <= 12; seed++)
        {
            var problem = RandomNoise.Create(1 + ((int)seed % 4), 10, seed, inputsFirst: false);
            var expected = new double[RandomNoise.Batch * problem.Noisy.Circuit.Observables.Length];
            new DensityMatrixEngine(problem.Noisy).Forward(problem.Inputs, problem.Weights, expected);
            var estimate = new TrajectorySimulator(problem.Noisy).Estimate(problem.Inputs.AsSpan(0, 3), problem.Weights, Trajectories, seed, threads: 2);
            for (var output = 0; output < estimate.Means.Length; output++)
            {
                var difference = Math.Abs(expected[output] - estimate.Means[output]);
                Assert.True(
                    difference <= (StandardErrors * estimate.StandardErrors[output]) + Rounding,
                    $"seed {seed}, output {output}: {estimate.Means[output]} ± {estimate.StandardErrors[output]}, exact {expected[output]}");
            }
        }
    }

    [Fact]
    public void Estimate_SameSeed_DependsNeitherOnThreadsNorOnTheOtherTrajectories()
    {
        var problem = RandomNoise.Create(3, 10, 5, inputsFirst: false);
        var simulator = new TrajectorySimulator(problem.Noisy);
        var one = simulator.Measure(problem.Inputs.AsSpan(0, 3), problem.Weights, 50, seed: 9);
        var two = simulator.Measure(problem.Inputs.AsSpan(0, 3), problem.Weights, 80, seed: 9, threads: 2);
        Assert.Equal(one, two[..50]);
        Assert.NotEqual(one, simulator.Measure(problem.Inputs.AsSpan(0, 3), problem.Weights, 50, seed: 10));
    }

    [Fact]
    public void Estimate_PureChannel_HasTheStandardErrorOfItsSpread()
    {
        var circuit = new Fovea.Quantum.Circuits.CircuitBuilder(1).X(0).Build();
        var estimate = new TrajectorySimulator(new(circuit, [new(1, Channels.BitFlip(0.3), [0])])).Estimate([], [], 10_000, 3);
        // Z is ±1: its standard deviation is √(1 − f²) with f = −0.4; the estimate of it varies by less than 2 % here.
        Assert.Equal(Math.Sqrt(1 - 0.16) / 100, estimate.StandardErrors[0], 2e-4);
    }
}
