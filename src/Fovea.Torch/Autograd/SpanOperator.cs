using System.Numerics;
using System.Runtime.ExceptionServices;

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
