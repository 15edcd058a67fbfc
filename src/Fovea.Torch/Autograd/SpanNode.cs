using System.Numerics;
using static TorchSharp.torch;

namespace Fovea.Torch.Autograd;

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
