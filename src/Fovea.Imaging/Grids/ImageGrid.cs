namespace Fovea.Imaging.Grids;

/// <summary>Sets images of one size side by side.</summary>
public static class ImageGrid
{
    private const int Frame = 2;

    /// <summary>
    /// The grid of <paramref name="images"/> (each [height, width, 3]), row by row, with <paramref name="gap"/> pixels of
    /// <paramref name="background"/> around and between them. <paramref name="columns"/> 0 makes the grid about square.
    /// </summary>
    public static RgbImage Compose(IReadOnlyList<byte[]> images, int width, int height, int columns = 0, int gap = Frame, byte background = 255)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfZero(images.Count, nameof(images));
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        if (columns == 0) columns = (int)Math.Ceiling(Math.Sqrt(images.Count));
        columns = Math.Min(columns, images.Count);
        var rows = (images.Count + columns - 1) / columns;
        var gridWidth = columns * (width + gap) + gap;
        var gridHeight = rows * (height + gap) + gap;
        var grid = new byte[checked(gridWidth * gridHeight * 3)];
        grid.AsSpan().Fill(background);
        for (var i = 0; i < images.Count; i++)
        {
            if (images[i].Length != width * height * 3)
                throw new ArgumentException($"image {i} holds {images[i].Length} bytes, {width}×{height}×3 are needed", nameof(images));
            var left = gap + i % columns * (width + gap);
            var top = gap + i / columns * (height + gap);
            for (var y = 0; y < height; y++)
                images[i].AsSpan(y * width * 3, width * 3).CopyTo(grid.AsSpan(((top + y) * gridWidth + left) * 3));
        }

        return new RgbImage(gridWidth, gridHeight, grid);
    }

    /// <summary>Writes the grid of <see cref="Compose"/> as a PNG file.</summary>
    public static void Write(string path, IReadOnlyList<byte[]> images, int width, int height, int columns = 0, int gap = Frame, byte background = 255)
    {
        var grid = Compose(images, width, height, columns, gap, background);
        PngFile.Write(path, grid.Pixels, grid.Width, grid.Height);
    }

    /// <summary>Whether a picture has the frame that <see cref="Write"/> draws unless told otherwise: two pixels of white all around.</summary>
    internal static bool IsFramed(RgbImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            var isEdge = y < Frame || y >= image.Height - Frame;
            var row = image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3);
            var frame = Math.Min(Frame * 3, row.Length);
            if ((isEdge ? row : row[..frame]).ContainsAnyExcept(byte.MaxValue) || row[^frame..].ContainsAnyExcept(byte.MaxValue)) return false;
        }

        return true;
    }
}

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
