using System.Runtime.Intrinsics;

namespace Fovea.Evaluation.Distances;

/// <summary>One term of a sum over dimensions, as a type so that the kernel is compiled for it.</summary>
internal interface IPairTerm
{
    /// <summary>sum + term(a, b).</summary>
    static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);
}

/// <summary>(a − b)².</summary>
internal readonly struct SquaredDifferenceTerm : IPairTerm
{
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b)
    {
        var difference = a - b;
        return Vector256.FusedMultiplyAdd(difference, difference, sum);
    }
}

/// <summary>a · b.</summary>
internal readonly struct ProductTerm : IPairTerm
{
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => Vector256.FusedMultiplyAdd(a, b, sum);
}
