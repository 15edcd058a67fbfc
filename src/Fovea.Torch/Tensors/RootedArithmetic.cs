using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Tensors;

/// <summary>
/// Arithmetic for which TorchSharp makes a temporary <see cref="Scalar"/> inside that nothing keeps alive: when the garbage
/// collector finalises it during the native call, the call fails with "Unknown scalar type" or reads freed memory. That holds for
/// <c>a.add(b)</c>, <c>a + b</c>, <c>a.square()</c> and every operation that is given a number (<c>a.mul(2)</c>,
/// <c>a * 2</c>, <c>a.pow(2)</c>, <c>a.add(scalar)</c>); <c>sub</c>, <c>mul</c> and <c>div</c> of two tensors are safe. A number
/// that an operation needs is held in a static field, or in a local <c>using var</c>.
/// </summary>
public static class RootedArithmetic
{
    private static readonly Scalar One = 1;

    /// <summary>The sum of two tensors, with broadcasting.</summary>
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add(right, One);
    }

    /// <summary>The tensor plus a number that the caller keeps alive.</summary>
    public static Tensor Plus(this Tensor left, Scalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add(right, One);
    }

    /// <summary>Adds in place.</summary>
    public static Tensor AddInPlace(this Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add_(right, One);
    }

    /// <summary>Adds in place a number that the caller keeps alive.</summary>
    public static Tensor AddInPlace(this Tensor left, Scalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add_(right, One);
    }

    /// <summary>The square of each element.</summary>
    public static Tensor Squared(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.mul(tensor);
    }
}
