using System.Security.Cryptography;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Imaging.Framing;

namespace Fovea.Imaging.Datasets;

/// <summary>
/// A dataset folder opened for reading. The images are memory-mapped: opening costs no memory, and any number of threads may
/// read. Spans from <see cref="GetImage"/> must not be used after <see cref="Dispose"/>.
/// </summary>
public sealed class ImageDataset : IDisposable
{
    /// <summary>The setting that tells which column of a label table the classes come from.</summary>
    public const string LabelColumnSetting = "labelColumn";

    private readonly MappedRows _images;
    private readonly int[][] _indices;

    private ImageDataset(string folder, DatasetDescription description, List<ManifestEntry> entries, MappedRows images)
    {
        _images = images;
        (Folder, Size, Entries) = (folder, description.Size, entries);
        (ClassNames, ContentHash, Source) = (description.ClassNames, description.ContentHash, description.Source);
        (IsFundus, Duplicates) = (description.Accepted == DatasetDescription.Fundus, description.Duplicates);
        (Skipped, PassedOver, Warnings) = (description.Skipped, description.PassedOver ?? [], description.Warnings);
        Framing = FramingOf(folder, description);
        Settings = description.Settings;
        _indices = [.. Enum.GetValues<Split>().Select(split => entries.Where(e => e.Split == split).Select(e => e.Index).ToArray())];
        Masks = DatasetMasks.Open(folder, description);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Where the images come from: <c>photographs</c>, <c>medmnist</c>, <c>phantom</c>.</summary>
    public string Source { get; }

    /// <inheritdoc cref="DatasetSummary.IsFundus"/>
    public bool IsFundus { get; }

    /// <inheritdoc cref="DatasetSummary.Framing"/>
    public FramingKind Framing { get; }

    /// <summary>Source files that were dropped as copies of images.</summary>
    public IReadOnlyList<DuplicateFile> Duplicates { get; }

    /// <inheritdoc cref="DatasetSummary.Skipped"/>
    public IReadOnlyList<SkippedFile> Skipped { get; }

    /// <inheritdoc cref="DatasetSummary.PassedOver"/>
    public IReadOnlyList<PassedOverCount> PassedOver { get; }

    /// <inheritdoc cref="DatasetSummary.Warnings"/>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Number of images in all splits.</summary>
    public int Count => Entries.Count;

    /// <summary>Image width and height in pixels.</summary>
    public int Size { get; }

    /// <summary>Number of classes; 0 for a dataset without labels.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The classes' names in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The column of the label table that the classes come from; null when none was named.</summary>
    public string? LabelColumn => Settings.GetValueOrDefault(LabelColumnSetting);

    /// <summary>How it was made: settings by their names.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The manifest's rows; row i describes image i.</summary>
    public IReadOnlyList<ManifestEntry> Entries { get; }

    /// <summary>SHA-256 over all pixels, then the manifest's bytes; lower-case hexadecimal. As written, not recomputed.</summary>
    public string ContentHash { get; }

    /// <summary>The images' masks; null in a dataset without masks.</summary>
    public DatasetMasks? Masks { get; }

    /// <summary>
    /// Opens a dataset folder. Throws <see cref="InputException"/> when a file is missing, of another format version, or does
    /// not fit the others (sizes, counts, labels). The pixels are not read; see <see cref="VerifyContent"/>.
    /// </summary>
    public static ImageDataset Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder; a dataset is made with 'fovea prepare'");
        if (DatasetFiles.All.FirstOrDefault(name => name != DatasetFiles.ContactSheet && !File.Exists(Path.Combine(folder, name))) is { } missing)
            throw new InputException($"{folder}: is not a dataset, it has no {missing}; a dataset is made with 'fovea prepare'");
        try
        {
            var description = ReadDescription(folder);
            var images = MappedRows.Open(Path.Combine(folder, DatasetFiles.Images), description.Count, description.Size, description.Size, 3);
            try
            {
                var entries = ManifestFile.Read(Path.Combine(folder, DatasetFiles.Manifest));
                CheckManifest(folder, description, entries);
                return new ImageDataset(folder, description, entries, images);
            }
            catch
            {
                images.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: the dataset cannot be read ({e.Message})", e);
        }
    }

    /// <summary>The bytes [size, size, 3] of an image in sRGB, rows from the top.</summary>
    public ReadOnlySpan<byte> GetImage(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _images[index];
    }

    /// <summary>The images of one split, ascending.</summary>
    public IReadOnlyList<int> IndicesOf(Split split) => _indices[(int)split];

    /// <summary>
    /// Reads everything and compares it with <see cref="ContentHash"/>. Throws <see cref="InputException"/> when images or
    /// manifest were changed after the dataset was written.
    /// </summary>
    public void VerifyContent(CancellationToken cancellation = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(GetImage(i));
        }

        hash.AppendData(File.ReadAllBytes(Path.Combine(Folder, DatasetFiles.Manifest)));
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != ContentHash)
        {
            throw new InputException(
                $"{Folder}: images or manifest were changed after the dataset was written (the content hash in {DatasetFiles.Description} does not match)");
        }

        Masks?.VerifyContent(Folder, Count, cancellation);
    }

    /// <summary>Unmaps the images.</summary>
    public void Dispose()
    {
        _images.Dispose();
        Masks?.Dispose();
    }

    private static DatasetDescription ReadDescription(string folder)
    {
        var path = Path.Combine(folder, DatasetFiles.Description);
        DatasetDescription description;
        try
        {
            description = JsonSerializer.Deserialize<DatasetDescription>(File.ReadAllBytes(path), DatasetDescription.Json)
                ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: is not a dataset description ({e.Message})", e);
        }

        if (description.FormatVersion != DatasetFiles.FormatVersion)
        {
            throw new InputException(
                $"{path}: format version {description.FormatVersion}, this program reads version {DatasetFiles.FormatVersion}; prepare the dataset again");
        }

        if (description.Size <= 0 || description.Count <= 0)
            throw new InputException($"{path}: {description.Count} images of {description.Size} pixels; both must be positive");
        return description;
    }

    /// <summary>Earlier versions took the disc of fundus photographs and other pictures whole, and did not say so.</summary>
    private static FramingKind FramingOf(string folder, DatasetDescription description)
    {
        if (description.Framing is not { } name) return description.Accepted == DatasetDescription.Fundus ? FramingKind.Retina : FramingKind.Whole;
        return Framings.ByName.TryGetValue(name, out var kind)
            ? kind
            : throw new InputException(
                $"{Path.Combine(folder, DatasetFiles.Description)}: the framing is '{name}'; this program knows {string.Join(", ", Framings.ByName.Keys)}");
    }

    private static void CheckManifest(string folder, DatasetDescription description, List<ManifestEntry> entries)
    {
        var path = Path.Combine(folder, DatasetFiles.Manifest);
        if (entries.Count != description.Count)
            throw new InputException($"{path}: {entries.Count} rows, {DatasetFiles.Description} says {description.Count} images");
        if (entries.Find(e => e.Label >= description.ClassNames.Count) is { } stray)
        {
            throw new InputException(
                $"{path}: image {stray.Index} has label {stray.Label}, {DatasetFiles.Description} names {description.ClassNames.Count} classes");
        }
    }
}
