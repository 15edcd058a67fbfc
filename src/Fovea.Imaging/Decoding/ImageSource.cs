using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>A picture file whose header is read and whose pixels are not yet.</summary>
internal abstract class ImageSource : IDisposable
{
    /// <summary>Width as stored, in pixels.</summary>
    public abstract int Width { get; }

    /// <summary>Height as stored, in pixels.</summary>
    public abstract int Height { get; }

    /// <summary>EXIF orientation, 1 (upright) to 8.</summary>
    public virtual int Orientation => 1;

    /// <summary>Pages or frames in the file; the first is read.</summary>
    public virtual int Pages => 1;

    /// <summary>Whether its samples have more than 8 bits, which are scaled down.</summary>
    public virtual bool IsDeep => false;

    /// <summary>
    /// The pixels as stored (not yet upright), averaged over squares of <paramref name="shrink"/> pixels or of the next smaller
    /// factor that the format can do; the factor used is returned beside them, and what is to be told of the samples' range.
    /// </summary>
    public abstract (RgbImage Image, int Shrink, string? Range) Decode(int shrink);

    public virtual void Dispose()
    {
    }
}
