using System.Numerics;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum;

/// <summary>Everything an engine computes for one batch.</summary>
internal sealed record EngineResult<T>(T[] Expectations, T[] InputGradients, T[] WeightGradients)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

internal static class EngineRun
{
    public static EngineResult<T> Run<T>(IExpectationEngine<T> engine, T[] inputs, T[] weights, T[] cotangents)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Buffers start with rubbish, so that a value left unwritten shows.
        var result = new EngineResult<T>(Rubbish<T>(cotangents.Length), Rubbish<T>(inputs.Length), Rubbish<T>(weights.Length));
        engine.Forward(inputs, weights, result.Expectations);
        engine.VectorJacobianProduct(inputs, weights, cotangents, result.InputGradients, result.WeightGradients);
        return result;
    }

    public static T[] Cast<T>(IEnumerable<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. values.Select(T.CreateTruncating)];

    public static void AssertClose<T>(double[] expected, T[] actual, double tolerance, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs(expected[i] - double.CreateTruncating(actual[i]));
            Assert.True(difference <= tolerance, $"{what}[{i}]: expected {expected[i]}, got {actual[i]}, tolerance {tolerance}");
        }
    }

    private static T[] Rubbish<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[length];
        values.AsSpan().Fill(T.CreateTruncating(12345));
        return values;
    }
}
