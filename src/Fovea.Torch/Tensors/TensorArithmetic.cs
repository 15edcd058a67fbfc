using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Tensors;

/// <summary>
/// Sums that are safe against the garbage collector. TorchSharp's own <c>add</c> and <c>+</c> make a temporary scalar for the
/// factor 1, which nothing keeps alive during the native call: a collection on another thread can free it there. These pass a
/// scalar that lives as long as the process. (<c>sub</c>, <c>mul</c> and <c>div</c> of two tensors make none.)
/// </summary>
public static class TensorArithmetic
{
    private static readonly Scalar One = 1f;

    /// <summary>a + b, element by element.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a + b for a scalar that the caller keeps alive.</summary>
    public static Tensor Plus(this Tensor a, Scalar b) => a.add(b, One);
}
