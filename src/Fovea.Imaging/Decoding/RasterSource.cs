using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>A format that is decoded here: <paramref name="read"/> gives the full picture.</summary>
internal sealed class RasterSource(int width, int height, Func<byte[]> read, bool isDeep = false) : ImageSource
{
    public override int Width => width;

    public override int Height => height;

    public override bool IsDeep => isDeep;

    public override (RgbImage Image, int Shrink) Decode(int shrink)
    {
        var image = new RgbImage(width, height, read());
        shrink = Math.Clamp(shrink, 1, Math.Min(BoxFilter.MaxFactor, Math.Min(width, height)));
        return (BoxFilter.Shrink(image, shrink), shrink);
    }
}
