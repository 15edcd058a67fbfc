using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>A format that is decoded here: <paramref name="read"/> gives the full picture and what is to be told of its samples' range.</summary>
internal sealed class RasterSource(int width, int height, Func<(byte[] Rgb, string? Range)> read, bool isDeep = false) : ImageSource
{
    public override int Width => width;

    public override int Height => height;

    public override bool IsDeep => isDeep;

    public override (RgbImage Image, int Shrink, string? Range) Decode(int shrink)
    {
        var (rgb, range) = read();
        var image = new RgbImage(width, height, rgb);
        shrink = Math.Clamp(shrink, 1, Math.Min(BoxFilter.MaxFactor, Math.Min(width, height)));
        return (BoxFilter.Shrink(image, shrink), shrink, range);
    }
}
