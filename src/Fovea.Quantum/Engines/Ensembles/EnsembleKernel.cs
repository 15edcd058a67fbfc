using System.Runtime.Intrinsics;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Ensembles;

/// <summary>Loops over the amplitudes of an ensemble. Bits are those of basis indices.</summary>
internal static unsafe class EnsembleKernel
{
    /// <summary>
    /// A 2 × 2 matrix on the pairs of amplitudes that differ in <paramref name="bit"/>, where all bits of <paramref name="controls"/> are set.
    /// </summary>
    public static void Apply(Planes<Vector512<double>> planes, int size, int bit, int controls, in LaneMatrix matrix)
    {
        var re = planes.Re;
        var im = planes.Im;
        var m = matrix;
        for (var high = 0; high < size; high += 2 * bit)
        {
            for (var low = high; low < high + bit; low++)
            {
                if ((low & controls) != controls)
                    continue;
                var (ar, ai, br, bi) = (re[low], im[low], re[low + bit], im[low + bit]);
                re[low] = (m.M00.Real * ar) - (m.M00.Imaginary * ai) + (m.M01.Real * br) - (m.M01.Imaginary * bi);
                im[low] = (m.M00.Real * ai) + (m.M00.Imaginary * ar) + (m.M01.Real * bi) + (m.M01.Imaginary * br);
                re[low + bit] = (m.M10.Real * ar) - (m.M10.Imaginary * ai) + (m.M11.Real * br) - (m.M11.Imaginary * bi);
                im[low + bit] = (m.M10.Real * ai) + (m.M10.Imaginary * ar) + (m.M11.Real * bi) + (m.M11.Imaginary * br);
            }
        }
    }

    /// <summary>cos·1 − i·sin·P for P = X⊗X (<paramref name="sign"/> 1) or Y⊗Y (−1), which joins 00 with 11 by the sign and 01 with 10 by +1.</summary>
    public static void TurnPair(
        Planes<Vector512<double>> planes, int size, int first, int second, int sign, Vector512<double> cos, Vector512<double> sin)
    {
        for (var index = 0; index < size; index++)
        {
            if ((index & first) != 0)
                continue;
            var partner = index ^ first ^ second;
            var s = (index & second) == 0 ? sign * sin : sin;
            Turn(planes, index, partner, cos, s);
        }
    }

    /// <summary>cos·1 − i·sin·Z⊗Z.</summary>
    public static void TurnPhases(Planes<Vector512<double>> planes, int size, int bits, Vector512<double> cos, Vector512<double> sin)
    {
        var re = planes.Re;
        var im = planes.Im;
        for (var index = 0; index < size; index++)
        {
            var s = (index & bits) == 0 || (index & bits) == bits ? sin : -sin;
            (re[index], im[index]) = ((cos * re[index]) + (s * im[index]), (cos * im[index]) - (s * re[index]));
        }
    }

    public static void Swap(Planes<Vector512<double>> planes, int size, int first, int second)
    {
        var re = planes.Re;
        var im = planes.Im;
        for (var index = 0; index < size; index++)
        {
            if ((index & first) == 0 || (index & second) != 0)
                continue;
            var partner = index ^ first ^ second;
            (re[index], re[partner]) = (re[partner], re[index]);
            (im[index], im[partner]) = (im[partner], im[index]);
        }
    }

    /// <summary>The density matrix of one wire.</summary>
    public static LaneMatrix Reduced(Planes<Vector512<double>> planes, int size, int bit)
    {
        var re = planes.Re;
        var im = planes.Im;
        var (p0, p1, cr, ci) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (var high = 0; high < size; high += 2 * bit)
        {
            for (var low = high; low < high + bit; low++)
            {
                var (ar, ai, br, bi) = (re[low], im[low], re[low + bit], im[low + bit]);
                p0 += (ar * ar) + (ai * ai);
                p1 += (br * br) + (bi * bi);
                cr += (ar * br) + (ai * bi);
                ci += (ai * br) - (ar * bi);
            }
        }

        var cross = new LaneNumber(cr, ci);
        return new(new(p0, default), cross, cross.Conjugate(), new(p1, default));
    }

    private static void Turn(Planes<Vector512<double>> planes, int a, int b, Vector512<double> cos, Vector512<double> sin)
    {
        var re = planes.Re;
        var im = planes.Im;
        var (ar, ai, br, bi) = (re[a], im[a], re[b], im[b]);
        re[a] = (cos * ar) + (sin * bi);
        im[a] = (cos * ai) - (sin * br);
        re[b] = (cos * br) + (sin * ai);
        im[b] = (cos * bi) - (sin * ar);
    }
}
