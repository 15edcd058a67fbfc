using Fovea.Core.Errors;
using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>Reads single picture files.</summary>
public static class ImageFile
{
    /// <summary>
    /// The picture at full size, upright, in sRGB. Throws <see cref="InputException"/> that names the file when it is missing,
    /// no picture, damaged, or over <paramref name="maxPixels"/>.
    /// </summary>
    public static RgbImage ReadRgb(string path, long maxPixels = ImageDecoder.DefaultMaxPixels)
    {
        try
        {
            return ImageDecoder.Decode(File.ReadAllBytes(path), maxPixels: maxPixels).Image;
        }
        catch (Exception e) when (e is ImageReadException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
