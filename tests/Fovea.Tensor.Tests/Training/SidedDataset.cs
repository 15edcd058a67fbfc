using Fovea.Imaging.Datasets;

namespace Fovea.Tests.Training;

/// <summary>Images of 32 px with a bright disc at the left or at the right, whose brightness tells one from another.</summary>
internal static class SidedDataset
{
    internal const int Size = 32;

    /// <summary>Writes training images, one after the other of each class; those of even labels have the disc at the left.</summary>
    internal static void Write(string folder, int images, params string[] classNames)
    {
        using var writer = new DatasetWriter(folder, Size);
        for (var k = 0; k < images; k++)
        {
            var label = k % classNames.Length;
            writer.Append(Image(label % 2 == 0, 120 + (2 * k)), new ManifestEntry { File = $"{k}", Label = label, Split = Split.Train });
        }

        writer.Complete(new DatasetSummary { Source = "phantom", ClassNames = classNames });
    }

    /// <summary>Whether the left half of a picture is brighter than the right: planes or rows of the size [.., Size, Size].</summary>
    internal static bool IsAtLeft(ReadOnlySpan<float> plane)
    {
        var difference = 0.0;
        for (var i = 0; i < Size * Size; i++) difference += i % Size < Size / 2 ? plane[i] : -plane[i];
        return difference > 0;
    }

    private static byte[] Image(bool atLeft, int brightness)
    {
        var pixels = new byte[3 * Size * Size];
        var centre = atLeft ? 8 : 23;
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
                if (Math.Abs(x - centre) + Math.Abs(y - 14) < 6) pixels.AsSpan(3 * ((y * Size) + x), 3).Fill((byte)brightness);
        }

        return pixels;
    }
}
