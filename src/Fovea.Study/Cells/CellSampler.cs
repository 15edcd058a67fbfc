using Fovea.Core.Progress;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Training.Sampling;

namespace Fovea.Study.Cells;

/// <summary>Draws images into a folder, and goes on where it was left: <c>000000.png</c> and on.</summary>
/// <param name="model">The trained networks.</param>
/// <param name="seed">Image k's noise depends on the seed and k only.</param>
/// <param name="progress">Told how far it is.</param>
internal sealed class CellSampler(TrainedModel model, int seed, IProgress<ProgressUpdate>? progress)
{
    private const int Batch = 16;

    /// <summary>Draws what is missing.</summary>
    public void Draw(string folder, int count, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        // Whole batches: a sum over another number of images may be rounded otherwise, and a resumed cell is to give the same.
        var done = CountIn(folder, count);
        if (done < count) done -= done % Batch;
        var request = new SampleRequest { Count = count - done, FirstImage = done, Seed = seed, Batch = Batch, Progress = progress };
        if (request.Count > 0) model.Sampler.Sample(request, (index, pixels) => PngFile.Write(DrawnImages.PathOf(folder, index), pixels, model.Side, model.Side), cancellation);
    }

    /// <summary>The first images of a folder.</summary>
    public static byte[][] Read(string folder, int count) => [.. Enumerable.Range(0, count).Select(index => ImageFile.ReadRgb(DrawnImages.PathOf(folder, index)).Pixels)];

    /// <summary>Copies the first images of a folder into another.</summary>
    public static void Copy(string from, string to, int count)
    {
        Directory.CreateDirectory(to);
        for (var index = 0; index < count; index++) File.Copy(DrawnImages.PathOf(from, index), DrawnImages.PathOf(to, index), overwrite: true);
    }

    private static int CountIn(string folder, int most)
    {
        var count = 0;
        while (count < most && File.Exists(DrawnImages.PathOf(folder, count))) count++;
        return count;
    }
}
