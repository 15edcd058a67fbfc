using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Devices.Exchange;

/// <summary>Expectation values of one sample.</summary>
internal static class Expectations
{
    /// <summary>Rounding of a few hundred gates in double precision.</summary>
    public const double Tolerance = 1e-12;

    public static double[] Of(Circuit circuit, double[]? inputs = null, double[]? weights = null)
    {
        var values = new double[circuit.Observables.Length];
        new ReferenceEngine(circuit).Forward(inputs ?? [], weights ?? [], values);
        return values;
    }

    /// <summary>The gates of one circuit under the observables of another.</summary>
    public static Circuit Observing(Circuit gates, IEnumerable<Observable> observables) =>
        new(gates.WireCount, gates.InputCount, gates.WeightCount, gates.Operations, observables);

    public static void AssertEqual(double[] expected, double[] actual, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }
}
