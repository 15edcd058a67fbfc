namespace Fovea.Imaging.Grids;

/// <summary>An overview of many images: as many as fit about 1,700 pixels a side, spread evenly over their order.</summary>
public static class ContactSheet
{
    private const int SidePixels = 1700;
    private const int Gap = 2;

    /// <summary>
    /// Writes the sheet of <paramref name="count"/> square images of <paramref name="size"/> pixels;
    /// <paramref name="load"/> gives the image at an index as bytes [size, size, 3].
    /// </summary>
    public static void Write(string path, int count, int size, Func<int, byte[]> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var columns = Math.Clamp(SidePixels / (size + Gap), 4, 20);
        var shown = Math.Min(count, columns * columns);
        var images = new byte[shown][];
        for (var i = 0; i < shown; i++) images[i] = load((int)((long)i * count / shown));
        ImageGrid.Write(path, images, size, size, columns, Gap);
    }
}
