using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Tensors;

/// <summary>
/// Arithmetic that is safe against the garbage collector. TorchSharp's own <c>add</c>, <c>+</c> and <c>square</c> make a temporary
/// scalar, which nothing keeps alive during the native call: a collection can free it there, and the call fails or reads freed
/// memory. These pass a scalar that lives as long as the process. (<c>sub</c>, <c>mul</c> and <c>div</c> of two tensors make
/// none. A number that any operation needs is held in a static field or in a local <c>using var</c>.)
/// </summary>
public static class TensorArithmetic
{
    private static readonly Scalar One = 1f;

    /// <summary>a + b, element by element.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a + b for a scalar that the caller keeps alive.</summary>
    public static Tensor Plus(this Tensor a, Scalar b) => a.add(b, One);

    /// <summary>a + b for a number.</summary>
    public static Tensor Plus(this Tensor a, float b)
    {
        using Scalar number = b;
        return a.Plus(number);
    }

    /// <summary>a − b for a number.</summary>
    public static Tensor Minus(this Tensor a, float b)
    {
        using Scalar number = b;
        return a.sub(number);
    }

    /// <summary>a · b for a number.</summary>
    public static Tensor Times(this Tensor a, float b)
    {
        using Scalar number = b;
        return a.mul(number);
    }

    /// <summary>a / b for a number.</summary>
    public static Tensor Over(this Tensor a, float b)
    {
        using Scalar number = b;
        return a.div(number);
    }

    /// <summary>The nearest values that are neither below <paramref name="low"/> nor above <paramref name="high"/>.</summary>
    public static Tensor Clamped(this Tensor a, float low, float high)
    {
        using Scalar least = low, most = high;
        return a.clamp(least, most);
    }

    /// <summary>Adds b to a in place; returns a.</summary>
    public static Tensor AddInPlace(this Tensor a, Tensor b) => a.add_(b, One);

    /// <summary>Adds a scalar that the caller keeps alive to a in place; returns a.</summary>
    public static Tensor AddInPlace(this Tensor a, Scalar b) => a.add_(b, One);

    /// <summary>Equal parts of a tensor along a dimension, which share its memory.</summary>
    public static Tensor[] Parts(this Tensor whole, int count, int dimension)
    {
        // One operation, whose backward pass joins the parts; the tensor library's lazy device, which tests use as a second one, cannot divide so.
        if (whole.device_type is DeviceType.CPU or DeviceType.CUDA) return whole.chunk(count, dimension);
        var size = whole.shape[dimension] / count;
        return [.. Enumerable.Range(0, count).Select(part => whole.narrow(dimension, part * size, size))];
    }

    /// <summary>a², element by element.</summary>
    public static Tensor Squared(this Tensor a) => a.mul(a);
}
