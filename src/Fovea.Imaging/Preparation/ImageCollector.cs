using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>Takes the loaded images in order: drops copies, notes rejections, appends the rest to the dataset.</summary>
internal sealed class ImageCollector(DatasetWriter writer, LabelTable? table, bool strict, ProgressMeter meter)
{
    private readonly Dictionary<string, int> _bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byPixels = new(StringComparer.Ordinal);

    public List<SkippedFile> Skipped { get; } = [];

    public List<DuplicateFile> Duplicates { get; } = [];

    /// <summary>How the pictures' samples were read, where that is to be told.</summary>
    public PixelRemarks Pixels { get; } = new(strict);

    public IReadOnlyList<ManifestEntry> Entries => writer.Entries;

    /// <summary>Row by row of the dataset, like the three lists below.</summary>
    public List<PerceptualHash> Hashes { get; } = [];

    /// <inheritdoc cref="LoadedImage.Apart"/>
    public List<IReadOnlyList<PerceptualHash>> Apart { get; } = [];

    public List<Split?> GivenSplits { get; } = [];

    public List<string?> Labels { get; } = [];

    /// <summary>The known patients of each image as it was taken in: its own, and those that the table gives to copies of it.</summary>
    public List<(int Index, string Patient)> Patients { get; } = [];

    /// <summary>Files in the dataset of which the table says nothing.</summary>
    public List<string> WithoutRow { get; } = [];

    public void Add(SourceItem item, LoadedImage image)
    {
        Pixels.Note(item.File, image);
        if (image.Rejection is { } reason)
        {
            if (strict) throw new InputException($"{item.File}: {reason} (strict)");
            Skipped.Add(new SkippedFile(item.File, reason));
        }
        else if (_bySource.TryGetValue(image.SourceHash, out var sameBytes))
        {
            AddCopy(item, sameBytes, "bytes");
        }
        else if (_byPixels.TryGetValue(image.PixelHash, out var samePixels))
        {
            AddCopy(item, samePixels, "pixels");
        }
        else
        {
            Append(item, image);
        }

        meter.Advance($"{writer.Count} kept, {Skipped.Count} skipped, {Duplicates.Count} copies");
    }

    /// <summary>Drops the images whose index is refused, and the copies of them, once all were added.</summary>
    public void Keep(Predicate<int> keep)
    {
        var dropped = Entries.Where(entry => !keep(entry.Index)).Select(entry => entry.File).ToHashSet(StringComparer.Ordinal);
        Duplicates.RemoveAll(copy => dropped.Contains(copy.KeptFile));
        WithoutRow.RemoveAll(dropped.Contains);
        Filter(Hashes, keep);
        Filter(Apart, keep);
        Filter(GivenSplits, keep);
        Filter(Labels, keep);
        writer.Keep(entry => keep(entry.Index));
    }

    private static void Filter<T>(List<T> rows, Predicate<int> keep)
    {
        T[] kept = [.. rows.Where((_, index) => keep(index))];
        rows.Clear();
        rows.AddRange(kept);
    }

    private void AddCopy(SourceItem item, int kept, string match)
    {
        Duplicates.Add(new DuplicateFile(item.File, Entries[kept].File, match));
        if (table?.Of(item.File) is { Patient.Length: > 0 } row) Patients.Add((kept, row.Patient));
    }

    private void Append(SourceItem item, LoadedImage image)
    {
        _bySource[image.SourceHash] = writer.Count;
        _byPixels[image.PixelHash] = writer.Count;
        var row = table?.Of(item.File);
        if (table is not null && row is null) WithoutRow.Add(item.File);
        if (row is { Patient.Length: > 0 }) Patients.Add((writer.Count, row.Patient));
        Hashes.Add(image.Perceptual);
        Apart.Add(image.Apart);
        GivenSplits.Add(item.Split ?? row?.Split);
        Labels.Add(item.Label ?? row?.Label);
        writer.Append(image.Pixels, new ManifestEntry
        {
            File = item.File,
            Patient = row?.Patient ?? "",
            Width = image.Width,
            Height = image.Height,
            Disc = image.Disc,
            Sha256 = image.SourceHash,
        });
    }
}
