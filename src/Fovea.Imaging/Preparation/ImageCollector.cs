using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>Takes the loaded images in order: drops copies, notes rejections, appends the rest to the dataset.</summary>
internal sealed class ImageCollector(DatasetWriter writer, LabelTable? table, bool strict, ProgressMeter meter)
{
    private readonly Dictionary<string, string> _bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byPixels = new(StringComparer.Ordinal);

    public List<SkippedFile> Skipped { get; } = [];

    public List<DuplicateFile> Duplicates { get; } = [];

    /// <summary>Row by row of the dataset, like the two lists below.</summary>
    public List<PerceptualHash> Hashes { get; } = [];

    public List<Split?> GivenSplits { get; } = [];

    public List<string?> Labels { get; } = [];

    public int WithoutRow { get; private set; }

    public string FirstWithoutRow { get; private set; } = "";

    public void Add(SourceItem item, LoadedImage image)
    {
        if (image.Rejection is { } reason)
        {
            if (strict) throw new InputException($"{item.File}: {reason} (strict)");
            Skipped.Add(new SkippedFile(item.File, reason));
        }
        else if (_bySource.TryGetValue(image.SourceHash, out var sameBytes))
        {
            Duplicates.Add(new DuplicateFile(item.File, sameBytes, "bytes"));
        }
        else if (_byPixels.TryGetValue(image.PixelHash, out var samePixels))
        {
            Duplicates.Add(new DuplicateFile(item.File, samePixels, "pixels"));
        }
        else
        {
            Append(item, image);
        }

        meter.Advance($"{writer.Count} kept, {Skipped.Count} skipped, {Duplicates.Count} copies");
    }

    private void Append(SourceItem item, LoadedImage image)
    {
        _bySource[image.SourceHash] = item.File;
        _byPixels[image.PixelHash] = item.File;
        var row = table?.Of(item.File);
        if (table is not null && row is null && WithoutRow++ == 0) FirstWithoutRow = item.File;
        Hashes.Add(image.Perceptual);
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
