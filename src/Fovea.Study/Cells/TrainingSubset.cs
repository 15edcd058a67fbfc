using System.Globalization;
using Fovea.Core;
using Fovea.Core.Files;
using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Study.Definitions;
using Fovea.Study.Planning;
using Fovea.Training.Sampling;

namespace Fovea.Study.Cells;

/// <summary>
/// Datasets with fewer training images: the first of a shuffle that depends on the seed alone, so that a smaller one is part of every
/// larger one of its seed. Images are drawn, not patients; all other splits stay whole, so that everything is judged on the same images.
/// </summary>
internal static class TrainingSubset
{
    private const ulong Shuffling = 0x5AB5E7;
    private const string PartOf = "part_of";
    private const string MasksOf = "masks_of";

    /// <summary>Training images of a subset, ascending.</summary>
    public static int[] Choose(IReadOnlyList<int> training, int seed, int count)
    {
        int[] order = [.. training];
        new CounterRandom((ulong)seed, Shuffling).Shuffle(order.AsSpan());
        Array.Sort(order, 0, count);
        return order[..count];
    }

    /// <summary>The dataset that a cell trains on; written when it is needed first.</summary>
    public static string For(StudyContext context, StudyCell cell, CancellationToken cancellation)
    {
        if (cell.Size == TrainingSize.All) return context.Dataset;
        var folder = context.Folder.In("work", "data", string.Create(CultureInfo.InvariantCulture, $"{cell.Size.Name}-seed{cell.Seed}"));
        using var mine = FileLock.Take(folder + ".lock", cancellation);
        using var dataset = ImageDataset.Open(context.Dataset);
        if (!IsThere(folder, dataset, cell.Images)) Write(dataset, folder, cell.Seed, cell.Images, cancellation);
        return folder;
    }

    /// <summary>Writes the dataset of a subset.</summary>
    public static void Write(ImageDataset dataset, string folder, int seed, int count, CancellationToken cancellation)
    {
        var chosen = Choose(dataset.IndicesOf(Split.Train), seed, count).ToHashSet();
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        using var writer = new DatasetWriter(folder, dataset.Size, force: true, dataset.Masks?.Names);
        foreach (var entry in dataset.Entries.Where(entry => entry.Split != Split.Train || chosen.Contains(entry.Index)))
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Append(dataset.GetImage(entry.Index), entry, dataset.Masks is { } masks && masks.Has(entry.Index) ? masks[entry.Index] : []);
        }

        writer.Complete(
            new DatasetSummary
            {
                Source = dataset.Source,
                IsFundus = dataset.IsFundus,
                Framing = dataset.Framing,
                ClassNames = dataset.ClassNames,
                Settings = Settings(dataset, seed, count),
            });
    }

    private static SortedDictionary<string, string> Settings(ImageDataset dataset, int seed, int count)
    {
        var settings = new SortedDictionary<string, string>
        {
            [PartOf] = dataset.ContentHash,
            ["training_images"] = count.ToString(CultureInfo.InvariantCulture),
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        };
        if (dataset.LabelColumn is { } column) settings[ImageDataset.LabelColumnSetting] = column;
        if (dataset.Masks is { } masks) settings[MasksOf] = masks.ContentHash;
        return settings;
    }

    // Its name says size and seed; a share of another dataset would be another number of images, and masks may have been drawn anew for the same images.
    internal static bool IsThere(string folder, ImageDataset dataset, int images)
    {
        if (!File.Exists(Path.Combine(folder, DatasetFiles.Description))) return false;
        using var there = ImageDataset.Open(folder);
        return there.Settings.GetValueOrDefault(PartOf) == dataset.ContentHash && there.Settings.GetValueOrDefault(MasksOf) == dataset.Masks?.ContentHash
            && there.IndicesOf(Split.Train).Count == images && there.IndicesOf(Split.Val).Count == dataset.IndicesOf(Split.Val).Count;
    }
}

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
        if (request.Count > 0)
            model.Sampler.Sample(request, (index, pixels) => PngFile.Write(DrawnImages.PathOf(folder, index), pixels, model.Side, model.Side), cancellation);
    }

    /// <summary>The first images of a folder.</summary>
    public static byte[][] Read(string folder, int count) =>
        [.. Enumerable.Range(0, count).Select(index => ImageFile.ReadRgb(DrawnImages.PathOf(folder, index)).Pixels)];

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
