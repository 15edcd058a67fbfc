using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>An upright sRGB picture, possibly shrunk, and the size of its source.</summary>
/// <param name="Image">The pixels.</param>
/// <param name="SourceWidth">The upright source's width in pixels.</param>
/// <param name="SourceHeight">The upright source's height in pixels.</param>
/// <param name="Shrink">Source pixels per pixel of <paramref name="Image"/> along each axis, from the upper left corner of the upright picture.</param>
/// <param name="IsScaled">Whether the source's samples had more than 8 bits and were scaled down.</param>
public sealed record DecodedImage(RgbImage Image, int SourceWidth, int SourceHeight, int Shrink, bool IsScaled)
{
    /// <summary>What was damaged, in one line, when the decoder had to make pixels up; null for a sound file.</summary>
    public string? Repair { get; init; }

    /// <summary>The range that samples of more than 8 bits were taken to have, in one line; null when their type alone decides it.</summary>
    public string? Range { get; init; }

    /// <summary>Pages or frames in the file, of which this is the first.</summary>
    public int Pages { get; init; } = 1;
}
