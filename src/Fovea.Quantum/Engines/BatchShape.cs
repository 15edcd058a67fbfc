using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines;

/// <summary>Checks the lengths of a call at the public edge of the engines.</summary>
internal static class BatchShape
{
    /// <summary>The batch size of a call, read from the output (or cotangent) length.</summary>
    public static int Check(Circuit circuit, int outputLength, string outputName, int inputs, int weights)
    {
        var outputs = circuit.Observables.Length;
        if (outputLength % outputs != 0)
            throw new ArgumentException($"length {outputLength} is not a multiple of the {outputs} outputs", outputName);
        var batch = outputLength / outputs;
        if (inputs != (long)batch * circuit.InputCount)
            throw new ArgumentException($"length {inputs} is not batch {batch} × {circuit.InputCount} inputs", nameof(inputs));

        if (weights != circuit.WeightCount)
            throw new ArgumentException($"length {weights} is not the weight count {circuit.WeightCount}", nameof(weights));
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
