using System.Numerics;
using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Imaging.Phantom;

/// <summary>Plain measurements on images of bytes [size, size, 3].</summary>
internal static class Pixels
{
    public static byte[] Halve(byte[] image, int size)
    {
        var half = size / 2;
        var result = new byte[half * half * 3];
        for (var y = 0; y < half; y++)
        {
            for (var x = 0; x < half; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    int At(int dx, int dy) => image[((2 * y + dy) * size + 2 * x + dx) * 3 + c];
                    result[(y * half + x) * 3 + c] = (byte)((At(0, 0) + At(1, 0) + At(0, 1) + At(1, 1) + 2) / 4);
                }
            }
        }

        return result;
    }

    public static double MeanDifference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

    public static double Mean(byte[] image) => image.Average(b => (double)b);

    public static double Correlation(byte[] a, byte[] b)
    {
        var (meanA, meanB) = (Mean(a), Mean(b));
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (ab, aa, bb) = (ab + x * y, aa + x * x, bb + y * y);
        }

        return ab / Math.Sqrt(aa * bb);
    }

    /// <summary>The column about which the brightest 5×5 pixels of green lie.</summary>
    public static int BrightestColumn(byte[] image, int size)
    {
        var (best, column) = (-1, 0);
        for (var y = 2; y < size - 2; y++)
        {
            for (var x = 2; x < size - 2; x++)
            {
                var sum = 0;
                for (var k = 0; k < 25; k++) sum += image[((y + k / 5 - 2) * size + x + k % 5 - 2) * 3 + 1];
                if (sum > best) (best, column) = (sum, x);
            }
        }

        return column;
    }

    /// <summary>Squared green differences of neighbours within <paramref name="part"/> of the field's radius, per pixel.</summary>
    public static double GradientEnergy(byte[] image, int size, double part = 0.85)
    {
        var (sum, count) = (0.0, 0);
        foreach (var (x, y) in Inside(size, part))
        {
            var i = (y * size + x) * 3 + 1;
            var (dx, dy) = (image[i + 3] - image[i], image[i + size * 3] - image[i]);
            sum += dx * dx + dy * dy;
            count++;
        }

        return sum / count;
    }

    public static double Deviation(byte[] image, int size, double part = 0.85)
    {
        var values = Inside(size, part).Select(p => (double)image[(p.Y * size + p.X) * 3 + 1]).ToArray();
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    /// <summary>The part of the field whose red is below <paramref name="limit"/>.</summary>
    public static double DarkPart(byte[] image, int size, int limit, double part = 0.95) =>
        Inside(size, part).Average(p => image[(p.Y * size + p.X) * 3] < limit ? 1.0 : 0.0);

    /// <summary>Green at a place on the retina.</summary>
    public static double Green(byte[] image, RetinaGrid grid, Vector2 retina)
    {
        var at = grid.ToPixel(retina);
        var (x, y) = (Math.Clamp((int)at.X, 0, grid.Size - 1), Math.Clamp((int)at.Y, 0, grid.Size - 1));
        return image[(y * grid.Size + x) * 3 + 1];
    }

    private static IEnumerable<(int X, int Y)> Inside(int size, double part)
    {
        for (var y = 0; y < size - 1; y++)
        {
            for (var x = 0; x < size - 1; x++)
                if (double.Hypot(x + 0.5 - size * 0.5, y + 0.5 - size * 0.5) < part * size * 0.5) yield return (x, y);
        }
    }
}
