using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Retina;

/// <summary>Cuts the disc out of a picture: square, centred, resized, black around.</summary>
public static class RetinaCropper
{
    private const double CutLimit = 0.01;
    private const double FineReduction = 1.5;
    private const double BrightRim = 0.012;

    /// <summary>
    /// Bytes [size, size, 3]: the square around the circle (its diameter is the side, also where the circle is cut), resized,
    /// black outside the circle and in the parts that were cut off. For a disc without circle the square around what is seen,
    /// and nothing is blacked out.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="field">The field of view in the picture's pixels.</param>
    /// <param name="size">Output width and height in pixels.</param>
    public static byte[] Crop(RgbImage image, FieldOfView field, int size)
    {
        var disc = field.Disc;
        var (left, top, side) = (disc.CentreX - disc.Radius, disc.CentreY - disc.Radius, 2 * disc.Radius);
        // Plain averages first where much is to be reduced; the antialiased kernel does the last factor.
        var coarse = Math.Max(1, (int)(side / size / FineReduction));
        var output = AreaResampler.Resize(BoxFilter.Shrink(image, coarse), left / coarse, top / coarse, side / coarse, size);
        if (disc.Kind is not (DiscKind.Circle or DiscKind.Truncated)) return output;
        var scale = size / side;
        // A bright surround shines into the disc's edge through compression and resizing: a rim is given up.
        var rim = field.DarkSurround ? 0 : BrightRim;
        var cut = CutLimit * disc.Radius;
        var inset = rim * disc.Radius * scale;
        MaskCircle(output, size, size / 2.0 * (1 - rim));
        MaskOutside(
            output, size,
            field.Left - left > cut ? (field.Left - left) * scale + inset : 0,
            field.Top - top > cut ? (field.Top - top) * scale + inset : 0,
            left + side - field.Right > cut ? (field.Right - left) * scale - inset : size,
            top + side - field.Bottom > cut ? (field.Bottom - top) * scale - inset : size);
        return output;
    }

    private static void MaskCircle(byte[] pixels, int size, double radius)
    {
        var middle = size / 2.0;
        for (var y = 0; y < size; y++)
        {
            var dy = y + 0.5 - middle;
            for (var x = 0; x < size; x++)
            {
                var dx = x + 0.5 - middle;
                var square = dx * dx + dy * dy;
                if (square <= (radius - 0.5) * (radius - 0.5)) continue;
                Dim(pixels, y * size + x, radius + 0.5 - Math.Sqrt(square));
            }
        }
    }

    private static void MaskOutside(byte[] pixels, int size, double left, double top, double right, double bottom)
    {
        if (left <= 0 && top <= 0 && right >= size && bottom >= size) return;
        for (var y = 0; y < size; y++)
        {
            var down = Math.Min(Math.Clamp(y + 1 - top, 0, 1), Math.Clamp(bottom - y, 0, 1));
            for (var x = 0; x < size; x++)
            {
                var across = Math.Min(Math.Clamp(x + 1 - left, 0, 1), Math.Clamp(right - x, 0, 1));
                if (down * across < 1) Dim(pixels, y * size + x, down * across);
            }
        }
    }

    private static void Dim(byte[] pixels, int pixel, double share)
    {
        share = Math.Clamp(share, 0, 1);
        for (var c = 0; c < 3; c++) pixels[pixel * 3 + c] = (byte)(pixels[pixel * 3 + c] * share + 0.5);
    }
}
