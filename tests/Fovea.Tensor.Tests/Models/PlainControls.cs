using Fovea.Models.Circuits;

namespace Fovea.Tests.Models;

/// <summary>The controls of <see cref="ControlLayers"/> number by number, without tensors.</summary>
internal static class PlainControls
{
    private const int Qubits = ControlLayers.Qubits;
    private const int Angles = ControlLayers.Groups * Qubits;

    /// <summary>One position: channels → channels.</summary>
    internal static double[] Pixel(QuantumLayerKind kind, Dictionary<string, double[]> weights, double[] pixel)
    {
        var projected = Linear(weights["project.weight"], weights["project.bias"], pixel);
        var angles = projected.Select((value, row) => Math.PI * Math.Tanh(weights["scale"][row] * value)).ToArray();
        var middle = angles.Chunk(Qubits).SelectMany(group => Middle(kind, weights, group)).ToArray();
        Assert.Equal(Angles, middle.Length);
        return Linear(weights["expand.weight"], weights["expand.bias"], middle);
    }

    private static double[] Middle(QuantumLayerKind kind, Dictionary<string, double[]> weights, double[] angles)
    {
        double[] halfTurns = [.. angles.Select(angle => angle / Math.PI)];
        return kind switch
        {
            QuantumLayerKind.Identity => halfTurns,
            QuantumLayerKind.Trigonometric => Linear(weights["coefficients.weight"], new double[Qubits], Features(angles)),
            _ => Tanh(Linear(weights["output.weight"], weights["output.bias"], Tanh(Linear(weights["hidden.weight"], weights["hidden.bias"], halfTurns)))),
        };
    }

    // In the documented order.
    internal static double[] Features(double[] angles)
    {
        List<double> features = [1, .. angles.Select(Math.Cos), .. angles.Select(Math.Sin)];
        Func<double, double>[] waves = [Math.Cos, Math.Sin];
        for (var distance = 1; distance < angles.Length; distance++)
        {
            foreach (var first in waves)
            {
                foreach (var second in waves)
                {
                    for (var wire = 0; wire + distance < angles.Length; wire++)
                        features.Add(first(angles[wire]) * second(angles[wire + distance]));
                }
            }
        }

        return [.. features];
    }

    private static double[] Tanh(double[] values) => Array.ConvertAll(values, Math.Tanh);

    private static double[] Linear(double[] matrix, double[] bias, double[] input) =>
    [
        .. bias.Select((offset, row) => offset + Enumerable.Range(0, input.Length).Sum(column => matrix[(row * input.Length) + column] * input[column])),
    ];
}
