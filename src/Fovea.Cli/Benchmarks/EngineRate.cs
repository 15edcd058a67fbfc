using System.Diagnostics;
using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Engines;

namespace Fovea.Cli.Benchmarks;

/// <summary>How many circuits a second an engine does, by the shortest of many calls: other work on the machine only adds.</summary>
/// <param name="Forward">Expectation values, circuits a second.</param>
/// <param name="Gradient">Vector-Jacobian products, which include their own forward pass, circuits a second.</param>
internal sealed record EngineRate(double Forward, double Gradient)
{
    /// <summary>The better of two measurements.</summary>
    internal EngineRate Best(EngineRate other) => new(Math.Max(Forward, other.Forward), Math.Max(Gradient, other.Gradient));

    internal static EngineRate Measure<T>(IExpectationEngine<T> engine, int batch, TimeSpan time, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(1, 0);
        T[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble(-3, 3)))];
        var (inputs, weights) = (Numbers(batch * engine.Circuit.InputCount), Numbers(engine.Circuit.WeightCount));
        var (outputs, cotangents) = (new T[batch * engine.OutputCount], Numbers(batch * engine.OutputCount));
        var (inputGradients, weightGradients) = (new T[inputs.Length], new T[weights.Length]);
        // New weights in every call, as in training: what is computed once for a set of weights counts in full.
        double Rate(Action call) => batch / Shortest(() => weights[0] += T.CreateTruncating(0.001), call, time / 2, cancellation);
        return new(
            Rate(() => engine.Forward(inputs, weights, outputs)),
            Rate(() => engine.VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients)));
    }

    private static double Shortest(Action before, Action call, TimeSpan time, CancellationToken cancellation)
    {
        var (shortest, clock) = (double.MaxValue, Stopwatch.StartNew());
        for (var calls = 0; calls < 3 || clock.Elapsed < time; calls++)
        {
            cancellation.ThrowIfCancellationRequested();
            before();
            var start = Stopwatch.GetTimestamp();
            call();
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return shortest;
    }
}
