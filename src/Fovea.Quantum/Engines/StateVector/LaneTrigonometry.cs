using System.Numerics;
using System.Runtime.Intrinsics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Sine and cosine of many angles. Each result depends on its own angle only, not on its neighbours, so that a sample's
/// outputs are the same bits in every batch.
/// </summary>
internal static unsafe class LaneTrigonometry
{
    // Beyond this the two-part reduction by π/2 would lose bits.
    private const float VectorLimit = 8192;

    /// <summary>Writes the sine and cosine of <paramref name="count"/> angles.</summary>
    /// <param name="angles">[count] radians.</param>
    /// <param name="sin">[count], overwritten.</param>
    /// <param name="cos">[count], overwritten.</param>
    /// <param name="count">A multiple of the lanes of a 128-bit register.</param>
    public static void SinCos<T>(T* angles, T* sin, T* cos, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            for (var i = 0; i < count; i += Vector128<float>.Count)
                SinCos4((float*)angles + i, (float*)sin + i, (float*)cos + i);
            return;
        }

        for (var i = 0; i < count; i++)
            (sin[i], cos[i]) = T.SinCos(angles[i]);
    }

    /// <summary>
    /// With x = kπ/2 + r, |r| ≤ π/4: Taylor series of sin r to r⁹ and cos r to r¹⁰ (remainders below 2e-9), exchanged where
    /// k is odd and negated by the quadrant.
    /// </summary>
    private static void SinCos4(float* angles, float* sin, float* cos)
    {
        var x = Vector128.Load(angles);
        if (!Vector128.LessThanOrEqualAll(Vector128.Abs(x), Vector128.Create(VectorLimit)))
        {
            SinCosEach(angles, sin, cos);
            return;
        }

        Reduce(x, out var r, out var quadrant);
        var (s, c) = (SinSeries(r), CosSeries(r));
        var isOdd = Vector128.Equals(quadrant & Vector128<int>.One, Vector128<int>.One).AsSingle();
        var sinSign = ((quadrant & Vector128.Create(2)) << 30).AsSingle();
        var cosSign = (((quadrant + Vector128<int>.One) & Vector128.Create(2)) << 30).AsSingle();
        (Vector128.ConditionalSelect(isOdd, c, s) ^ sinSign).Store(sin);
        (Vector128.ConditionalSelect(isOdd, s, c) ^ cosSign).Store(cos);
    }

    private static void Reduce(Vector128<float> x, out Vector128<float> r, out Vector128<int> quadrant)
    {
        const float halfPi = MathF.PI / 2;
        const float halfPiRest = (float)((Math.PI / 2) - halfPi);
        var k = Vector128.Round(x * (2 / MathF.PI));
        r = Vector128.FusedMultiplyAdd(-k, Vector128.Create(halfPi), x);
        r = Vector128.FusedMultiplyAdd(-k, Vector128.Create(halfPiRest), r);
        quadrant = Vector128.ConvertToInt32(k);
    }

    private static Vector128<float> SinSeries(Vector128<float> r)
    {
        var square = r * r;
        var sum = Vector128.FusedMultiplyAdd(Vector128.Create(1f / 362880), square, Vector128.Create(-1f / 5040));
        sum = Vector128.FusedMultiplyAdd(sum, square, Vector128.Create(1f / 120));
        sum = Vector128.FusedMultiplyAdd(sum, square, Vector128.Create(-1f / 6));
        return Vector128.FusedMultiplyAdd(sum * square, r, r);
    }

    private static Vector128<float> CosSeries(Vector128<float> r)
    {
        var square = r * r;
        var sum = Vector128.FusedMultiplyAdd(Vector128.Create(-1f / 3628800), square, Vector128.Create(1f / 40320));
        sum = Vector128.FusedMultiplyAdd(sum, square, Vector128.Create(-1f / 720));
        sum = Vector128.FusedMultiplyAdd(sum, square, Vector128.Create(1f / 24));
        sum = Vector128.FusedMultiplyAdd(sum, square, Vector128.Create(-0.5f));
        return Vector128.FusedMultiplyAdd(sum, square, Vector128.Create(1f));
    }

    /// <summary>A register with an angle out of reach: those lanes by the library, the others as ever.</summary>
    private static void SinCosEach(float* angles, float* sin, float* cos)
    {
        var near = stackalloc float[Vector128<float>.Count];
        for (var i = 0; i < Vector128<float>.Count; i++)
            near[i] = MathF.Abs(angles[i]) <= VectorLimit ? angles[i] : 0;
        SinCos4(near, sin, cos);
        for (var i = 0; i < Vector128<float>.Count; i++)
        {
            if (!(MathF.Abs(angles[i]) <= VectorLimit))
                (sin[i], cos[i]) = MathF.SinCos(angles[i]);
        }
    }
}
