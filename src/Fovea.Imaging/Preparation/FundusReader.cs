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
        var loaded = _loader.Load(path);
        reason = loaded.Rejection;
        return reason is null ? loaded.Pixels : null;
    }
}
