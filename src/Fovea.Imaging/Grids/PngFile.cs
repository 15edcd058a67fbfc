using Fovea.Core.Files;
using Fovea.Imaging.Decoding;
using NetVips;

namespace Fovea.Imaging.Grids;

/// <summary>Writes PNG files.</summary>
public static class PngFile
{
    /// <summary>
    /// Writes <paramref name="rgb"/>, bytes [height, width, 3] in sRGB, aside and moves the file into place. Nothing but the
    /// pixels is written: no metadata.
    /// </summary>
    public static void Write(string path, byte[] rgb, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, checked(width * height * 3), nameof(rgb));
        VipsRuntime.Initialize();
        using var image = Image.NewFromMemory(rgb, width, height, 3, Enums.BandFormat.Uchar);
        using var srgb = image.Copy(interpretation: Enums.Interpretation.Srgb);
        var bytes = srgb.PngsaveBuffer(keep: Enums.ForeignKeep.None);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
