using System.Numerics;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Autograd;

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
