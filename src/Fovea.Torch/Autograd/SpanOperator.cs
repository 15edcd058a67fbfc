using System.Numerics;
using System.Runtime.ExceptionServices;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Autograd;

/// <summary>
/// A differentiable function computed outside the tensor library, on CPU memory: <c>outputs = f(inputs; weights)</c>, row by row
/// over a batch that shares the weights. <see cref="SpanAutograd.Apply"/> makes it a node of the automatic differentiation. Calls
/// may come from any thread, one at a time for one operator unless the caller shares it between threads.
/// </summary>
public abstract class SpanOperator
{
    private ExceptionDispatchInfo? _failure;

    /// <summary>Numbers in a row of the inputs.</summary>
    public abstract int InputWidth { get; }

    /// <summary>Number of weights, shared by all rows.</summary>
    public abstract int WeightCount { get; }

    /// <summary>Numbers in a row of the outputs.</summary>
    public abstract int OutputWidth { get; }

    /// <summary>Computes the outputs.</summary>
    /// <typeparam name="T">float or double, after the data type of the tensors.</typeparam>
    /// <param name="inputs">[rows, <see cref="InputWidth"/>], row-major; at least one row.</param>
    /// <param name="weights">[<see cref="WeightCount"/>].</param>
    /// <param name="outputs">[rows, <see cref="OutputWidth"/>], not initialised: every element is to be set.</param>
    /// <returns>What <see cref="Backward{T}"/> can use again, or null. It must hold no tensor and no span.</returns>
    protected internal abstract object? Forward<T>(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Computes the vector-Jacobian products: gradients of Σ cotangents · outputs.</summary>
    /// <typeparam name="T">float or double, as in the forward call.</typeparam>
    /// <param name="saved">What <see cref="Forward{T}"/> returned.</param>
    /// <param name="inputs">As in the forward call.</param>
    /// <param name="weights">As in the forward call.</param>
    /// <param name="cotangents">[rows, <see cref="OutputWidth"/>].</param>
    /// <param name="inputGradients">[rows, <see cref="InputWidth"/>], zeros on entry; empty when nobody needs it.</param>
    /// <param name="weightGradients">[<see cref="WeightCount"/>], zeros on entry; empty when nobody needs it.</param>
    protected internal abstract void Backward<T>(
        object? saved,
        ReadOnlySpan<T> inputs,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<T> cotangents,
        Span<T> inputGradients,
        Span<T> weightGradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Throws, once, the first exception of a backward pass since the last call. An exception cannot leave the backward pass of
    /// the tensor library (it would end the process), so it is kept, the gradients become NaN, and it is thrown here, by the
    /// next <see cref="SpanAutograd.Apply"/> of this operator or by <see cref="SpanAutograd.Backward"/>.
    /// </summary>
    public void ThrowIfFailed() => Interlocked.Exchange(ref _failure, null)?.Throw();

    internal void Record(Exception failure) =>
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
}

/// <summary>The node of the graph. Arguments: the call, which has already run forward, then inputs and weights.</summary>
internal sealed class SpanNode<T> : autograd.SingleTensorFunction<SpanNode<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const string CallKey = "call";

    public override string Name => "SpanOperator";

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var call = (SpanCall<T>)vars[0];
        ctx.save_data(CallKey, call);
        ctx.save_for_backward([(Tensor)vars[1], (Tensor)vars[2]]);
        return call.TakeOutputs();
    }

    // An exception that left this method would end the process.
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradOutput)
    {
        var call = (SpanCall<T>)ctx.get_data(CallKey);
        using var scope = NewDisposeScope();
        try
        {
            if (is_grad_enabled())
                throw new NotSupportedException("a second derivative (create_graph) through a span operator is not available");
            var saved = ctx.get_saved_variables();
            return call.Backward(saved[0], saved[1], gradOutput.contiguous())!;
        }
        catch (Exception failure)
        {
            return call.Fail(failure)!;
        }
    }
}

/// <summary>One application of an operator: what its node needs beside the saved tensors.</summary>
internal sealed class SpanCall<T>(SpanOperator operation, Tensor inputs, Tensor weights)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly long[]? _inputShape = inputs.requires_grad ? inputs.shape : null;
    private readonly long[]? _weightShape = weights.requires_grad ? weights.shape : null;
    private object? _saved;
    private Tensor? _outputs;

    // The tensor library reads the gradients' handles after the node has returned: held here until the node is gone.
    private List<Tensor?>? _gradients;

    internal bool NeedsGradient => (_inputShape ?? _weightShape) is not null && is_grad_enabled();

    internal Tensor Forward(Tensor inputs, Tensor weights)
    {
        var outputs = empty([.. inputs.shape[..^1], operation.OutputWidth], ElementTypes.TypeOf<T>());
        if (outputs.numel() == 0) return _outputs = outputs;
        using var inputSpan = TensorSpans.Open<T>(inputs);
        using var weightSpan = TensorSpans.Open<T>(weights);
        using var outputSpan = TensorSpans.Open<T>(outputs);
        _saved = operation.Forward<T>(inputSpan.Values, weightSpan.Values, outputSpan.Values);
        return _outputs = outputs;
    }

    internal Tensor TakeOutputs()
    {
        var outputs = _outputs ?? throw new InvalidOperationException("the operator has not run");
        _outputs = null;
        return outputs;
    }

    internal List<Tensor?> Backward(Tensor inputs, Tensor weights, Tensor cotangents)
    {
        var inputGradient = _inputShape is null ? null : zeros(_inputShape, ElementTypes.TypeOf<T>());
        var weightGradient = _weightShape is null ? null : zeros(_weightShape, ElementTypes.TypeOf<T>());
        if (cotangents.numel() > 0)
        {
            using var inputSpan = TensorSpans.Open<T>(inputs);
            using var weightSpan = TensorSpans.Open<T>(weights);
            using var cotangentSpan = TensorSpans.Open<T>(cotangents);
            using var inputGradientSpan = inputGradient is null ? default : TensorSpans.Open<T>(inputGradient);
            using var weightGradientSpan = weightGradient is null ? default : TensorSpans.Open<T>(weightGradient);
            operation.Backward<T>(
                _saved, inputSpan.Values, weightSpan.Values, cotangentSpan.Values, inputGradientSpan.Values, weightGradientSpan.Values);
        }

        return Keep(inputGradient, weightGradient);
    }

    internal List<Tensor?> Fail(Exception failure)
    {
        SpanAutograd.Record(operation, failure);
        return Keep(NotANumber(_inputShape), NotANumber(_weightShape));
    }

    private static Tensor? NotANumber(long[]? shape)
    {
        if (shape is null) return null;
        using var value = (Scalar)double.NaN;
        return full(shape, value, ElementTypes.TypeOf<T>());
    }

    // First entry: the gradient of the call object itself, which is no tensor.
    private List<Tensor?> Keep(Tensor? inputGradient, Tensor? weightGradient) =>
        _gradients = [null, inputGradient?.MoveToOuterDisposeScope(), weightGradient?.MoveToOuterDisposeScope()];
}
