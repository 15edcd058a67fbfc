using static TorchSharp.torch;

namespace Fovea.Torch.Tensors;

/// <summary>
/// A tensor's memory as a span, without a copy. Hold it in a <c>using</c>: its end keeps the tensor alive until there, which the
/// span alone does not. The tensor must not be disposed or resized meanwhile.
/// </summary>
/// <typeparam name="T">Element type; equals the tensor's data type.</typeparam>
public readonly ref struct TensorSpan<T> where T : unmanaged
{
    private readonly Tensor _tensor;

    internal TensorSpan(Tensor tensor, Span<T> values)
    {
        _tensor = tensor;
        Values = values;
    }

    /// <summary>
    /// The elements in row-major order; writing changes the tensor and everything that shares its memory, unseen by automatic
    /// differentiation.
    /// </summary>
    public Span<T> Values { get; }

    /// <summary>Ends the use of the memory.</summary>
    public void Dispose() => GC.KeepAlive(_tensor);
}
