using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines;

/// <summary>Checks the lengths and numbers of a call at the public edge of the engines.</summary>
internal static class BatchShape
{
    /// <summary>The batch size of a call, read from the output (or cotangent) length.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or an input or weight is not finite.</exception>
    public static int Check<T>(
        Circuit circuit, int outputLength, string outputName, ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outputs = circuit.Observables.Length;
        if (outputLength % outputs != 0)
            throw new ArgumentException($"length {outputLength} is not a multiple of the {outputs} outputs", outputName);
        var batch = outputLength / outputs;
        if (inputs.Length != (long)batch * circuit.InputCount)
            throw new ArgumentException($"length {inputs.Length} is not batch {batch} × {circuit.InputCount} inputs", nameof(inputs));

        if (weights.Length != circuit.WeightCount)
            throw new ArgumentException($"length {weights.Length} is not the weight count {circuit.WeightCount}", nameof(weights));
        if (NonFinite.IndexOf(inputs) is var input && input >= 0)
            throw new ArgumentException(
                $"input {input % circuit.InputCount} of sample {input / circuit.InputCount} is {inputs[input]}; inputs must be finite", nameof(inputs));
        if (NonFinite.IndexOf(weights) is var weight && weight >= 0)
            throw new ArgumentException($"weight {weight} is {weights[weight]}; weights must be finite", nameof(weights));
        return batch;
    }

    /// <summary>Checks that the gradient buffers are as long as what they are the gradients of.</summary>
    public static void CheckGradients(int inputs, int inputGradients, int weights, int weightGradients)
    {
        if (inputGradients != inputs)
            throw new ArgumentException($"length {inputGradients} is not that of the inputs, {inputs}", nameof(inputGradients));
        if (weightGradients != weights)
            throw new ArgumentException($"length {weightGradients} is not the weight count {weights}", nameof(weightGradients));
    }
}
