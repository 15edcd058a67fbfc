using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Metrics.Fundus;

/// <summary>
/// The pixels that show retina: within the circle that <see cref="DiscFinder"/> finds and within the rows and columns that differ
/// from the surround, less a rim (the edge of the field is no vessel, and its colours are mixed with black).
/// </summary>
public sealed class RetinaMask
{
    private const double Rim = 0.06;
    private readonly bool[] _inside;

    private RetinaMask(int width, int height, bool[] inside, RetinaDisc disc)
    {
        (Width, Height, _inside, Disc) = (width, height, inside, disc);
        Count = inside.Count(pixel => pixel);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Pixels inside, at least 1.</summary>
    public int Count { get; }

    /// <summary>The field of view, rim included, in pixels.</summary>
    public RetinaDisc Disc { get; }

    /// <summary>Whether each pixel is inside [height, width].</summary>
    public ReadOnlySpan<bool> Inside => _inside;

    /// <summary>The mask of an image; where no field is seen, all but the image's own rim.</summary>
    public static RetinaMask Find(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var field = DiscFinder.Find(image);
        var disc = field.Disc;
        var rim = Rim * disc.Radius;
        // A field without a circle is a rectangle: its corners are as good as its middle.
        var radius = disc.Kind is DiscKind.Circle or DiscKind.Truncated ? disc.Radius - rim : double.PositiveInfinity;
        var inside = new bool[image.Width * image.Height];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                inside[y * image.Width + x] = x + 0.5 >= field.Left + rim
                    && x + 0.5 <= field.Right - rim
                    && y + 0.5 >= field.Top + rim
                    && y + 0.5 <= field.Bottom - rim
                    && double.Hypot(x + 0.5 - disc.CentreX, y + 0.5 - disc.CentreY) <= radius;
            }
        }

        if (!inside.Contains(true)) Array.Fill(inside, true);
        return new RetinaMask(image.Width, image.Height, inside, disc);
    }

    /// <summary>The values of the pixels inside.</summary>
    /// <param name="plane">[height, width].</param>
    internal double[] Pick(double[] plane)
    {
        var picked = new double[Count];
        var next = 0;
        for (var k = 0; k < plane.Length; k++)
            if (_inside[k]) picked[next++] = plane[k];
        return picked;
    }
}
