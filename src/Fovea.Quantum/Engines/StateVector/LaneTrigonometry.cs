using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Sine and cosine of a register of angles. Each result depends on its own angle only, not on its neighbours, so that a sample's
/// outputs are the same bits in every batch.
/// </summary>
internal static unsafe class LaneTrigonometry<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Beyond this the reduction by π/2 would lose bits.
    private const float VectorLimit = 8192;

    // π/2 in three parts of few bits, so that k times the first two is exact on machines without fused operations, too (Cephes, sinf.c).
    private const float HalfPi = 1.5703125f;
    private const float HalfPiSecond = 4.837512969970703125e-4f;
    private const float HalfPiThird = 7.54978995489188216e-8f;

    /// <summary>Writes the sine and the cosine of every lane.</summary>
    /// <param name="angle">Radians.</param>
    /// <param name="sin">One register, overwritten.</param>
    /// <param name="cos">One register, overwritten.</param>
    public static void SinCos(TLanes angle, TLanes* sin, TLanes* cos)
    {
        if (typeof(T) == typeof(float) && TLanes.AllWithin(angle, T.CreateTruncating(VectorLimit)))
            SinCosNear(angle, sin, cos);
        else
            SinCosEach(angle, sin, cos);
    }

    /// <summary>
    /// With x = kπ/2 + r, |r| ≤ π/4: Taylor series of sin r to r⁹ and cos r to r¹⁰ (remainders below 2e-9), exchanged where k is odd and
    /// negated by the quadrant. Products with 0, 1 and −1 are exact, so they choose as well as masks do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SinCosNear(TLanes x, TLanes* sin, TLanes* cos)
    {
        var (one, two, half) = (Number(1), Number(2), Number(0.5f));
        var k = TLanes.Floor(TLanes.MultiplyAdd(x, Number(2 / MathF.PI), half));
        var r = TLanes.MultiplyAdd(-k, Number(HalfPi), x);
        r = TLanes.MultiplyAdd(-k, Number(HalfPiSecond), r);
        r = TLanes.MultiplyAdd(-k, Number(HalfPiThird), r);
        var square = r * r;
        var (s, c) = (SinSeries(r, square), CosSeries(square));
        var pairs = TLanes.Floor(k * half);
        var isOdd = k - (two * pairs);
        var isEven = one - isOdd;
        var sinSign = one - (two * (pairs - (two * TLanes.Floor(pairs * half))));
        var cosSign = sinSign * (isEven - isOdd);
        *sin = sinSign * TLanes.MultiplyAdd(isEven, s, isOdd * c);
        *cos = cosSign * TLanes.MultiplyAdd(isEven, c, isOdd * s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes SinSeries(TLanes r, TLanes square)
    {
        var sum = TLanes.MultiplyAdd(Number(1f / 362880), square, Number(-1f / 5040));
        sum = TLanes.MultiplyAdd(sum, square, Number(1f / 120));
        sum = TLanes.MultiplyAdd(sum, square, Number(-1f / 6));
        return TLanes.MultiplyAdd(sum * square, r, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes CosSeries(TLanes square)
    {
        var sum = TLanes.MultiplyAdd(Number(-1f / 3628800), square, Number(1f / 40320));
        sum = TLanes.MultiplyAdd(sum, square, Number(-1f / 720));
        sum = TLanes.MultiplyAdd(sum, square, Number(1f / 24));
        sum = TLanes.MultiplyAdd(sum, square, Number(-0.5f));
        return TLanes.MultiplyAdd(sum, square, Number(1));
    }

    /// <summary>Lanes one by one: by the library in double precision and beyond reach, as ever for the others.</summary>
    private static void SinCosEach(TLanes angle, TLanes* sin, TLanes* cos)
    {
        var near = angle;
        T* angles = (T*)&angle, nears = (T*)&near;
        var limit = T.CreateTruncating(VectorLimit);
        if (typeof(T) == typeof(float))
        {
            for (var lane = 0; lane < Lanes; lane++)
                nears[lane] = T.Abs(angles[lane]) <= limit ? angles[lane] : T.Zero;
            SinCosNear(near, sin, cos);
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            if (typeof(T) != typeof(float) || !(T.Abs(angles[lane]) <= limit))
                (((T*)sin)[lane], ((T*)cos)[lane]) = T.SinCos(angles[lane]);
        }
    }

    private static int Lanes => sizeof(TLanes) / sizeof(T);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Number(float value) => TLanes.Broadcast(T.CreateTruncating(value));
}
