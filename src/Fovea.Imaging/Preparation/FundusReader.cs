namespace Fovea.Imaging.Preparation;

/// <summary>
/// Reads single pictures the way datasets are made: upright, sRGB, 8 bit, the retina found, cropped and resized with antialiasing. Photographs and
/// generated images go through it alike, so that a judge sees both in one form.
/// </summary>
/// <param name="size">Side of the results in pixels.</param>
/// <param name="maxPixels">Pictures with more pixels in their header are refused before they are decoded.</param>
public sealed class FundusReader(int size, long maxPixels = Decoding.ImageDecoder.DefaultMaxPixels)
{
    private readonly PhotographLoader _loader = new(size, maxPixels);

    /// <summary>The pixels [size, size, 3] in sRGB, or null with the reason why the file gives none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why there is no result; null when there is one.</param>
    public byte[]? Read(string path, out string? reason)
    {
        var picture = Read(path);
        reason = picture.Reason;
        return picture.Pixels;
    }

    /// <summary>The same, with what is known of the source.</summary>
    public FundusPicture Read(string path)
    {
        var loaded = _loader.Load(path);
        return new(loaded.Rejection is null ? loaded.Pixels : null, loaded.Rejection, Math.Min(loaded.Width, loaded.Height), loaded.Repair);
    }
}

/// <summary>A picture as datasets hold it, and its source.</summary>
/// <param name="Pixels">[size, size, 3] in sRGB; null where the file gives none.</param>
/// <param name="Reason">Why there are none; null when there are.</param>
/// <param name="ShorterSide">The shorter side of the upright source, pixels; 0 where it gives no image.</param>
/// <param name="Repair">What was damaged, where the decoder made up a part of it; null for a sound file.</param>
public readonly record struct FundusPicture(byte[]? Pixels, string? Reason, int ShorterSide, string? Repair);
