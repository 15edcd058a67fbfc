using System.Numerics;
using static TorchSharp.torch;

namespace Fovea.Torch.Autograd;

/// <summary>Puts <see cref="SpanOperator"/>s into the graph of automatic differentiation, safely.</summary>
public static class SpanAutograd
{
    // The failures of the operators inside the innermost Backward on this thread; null outside.
    [ThreadStatic] private static List<SpanOperator>? failedOperators;

    /// <summary>
    /// Applies the operator to each row. Gradients flow to <paramref name="inputs"/> and <paramref name="weights"/>; a second
    /// derivative is not available (asking for it records an error). Tensors on another device are moved to the CPU and the
    /// result is moved back.
    /// </summary>
    /// <param name="operation">The function.</param>
    /// <param name="inputs">[..., <see cref="SpanOperator.InputWidth"/>], float32 or float64, any strides.</param>
    /// <param name="weights"><see cref="SpanOperator.WeightCount"/> numbers of any shape, of the same type.</param>
    /// <returns>[..., <see cref="SpanOperator.OutputWidth"/>] on the device of <paramref name="inputs"/>.</returns>
    /// <exception cref="ArgumentException">Shapes or data types do not fit.</exception>
    public static Tensor Apply(SpanOperator operation, Tensor inputs, Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(weights);
        operation.ThrowIfFailed();
        RequireFit(operation, inputs, weights);
        return inputs.dtype == ScalarType.Float64
            ? Apply<double>(operation, inputs, weights)
            : Apply<float>(operation, inputs, weights);
    }

    /// <summary>
    /// Runs the backward pass from a scalar and then throws the first exception of an operator in it: the checked form of
    /// <c>loss.backward()</c>.
    /// </summary>
    public static void Backward(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var outer = failedOperators;
        var failed = failedOperators = [];
        try
        {
            loss.backward();
        }
        finally
        {
            failedOperators = outer;
        }

        foreach (var operation in failed) operation.ThrowIfFailed();
    }

    internal static void Record(SpanOperator operation, Exception failure)
    {
        operation.Record(failure);
        failedOperators?.Add(operation);
    }

    private static void RequireFit(SpanOperator operation, Tensor inputs, Tensor weights)
    {
        if (inputs.dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"the inputs are {inputs.dtype}; Float32 and Float64 are supported", nameof(inputs));
        if (weights.dtype != inputs.dtype)
            throw new ArgumentException($"the weights are {weights.dtype}, the inputs {inputs.dtype}", nameof(weights));
        if (inputs.dim() == 0 || inputs.shape[^1] != operation.InputWidth)
            throw new ArgumentException($"the inputs are [{string.Join(", ", inputs.shape)}], the last size must be {operation.InputWidth}", nameof(inputs));
        if (weights.numel() != operation.WeightCount)
            throw new ArgumentException($"there are {weights.numel()} weights, {operation.WeightCount} are expected", nameof(weights));
    }

    private static Tensor Apply<T>(SpanOperator operation, Tensor inputs, Tensor weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var device = inputs.device;
        var cpuInputs = inputs.cpu().contiguous();
        var cpuWeights = weights.cpu().contiguous();
        var call = new SpanCall<T>(operation, cpuInputs, cpuWeights);
        // Computed before the node exists: an exception in the node's own forward would leak the node.
        var outputs = call.Forward(cpuInputs, cpuWeights);
        if (call.NeedsGradient) outputs = SpanNode<T>.apply(call, cpuInputs, cpuWeights);
        return outputs.to(device).MoveToOuterDisposeScope();
    }
}
