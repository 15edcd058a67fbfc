using System.Security.Cryptography;
using System.Text.Json;
using Fovea.Core.Files;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Datasets;

/// <summary>
/// Writes a dataset folder: images one after the other, then everything else. The folder appears when
/// <see cref="Complete"/> succeeds; a writer disposed before that leaves nothing behind. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Failures of the disk (full, read-only) are reported as <see cref="Fovea.Core.Errors.InputException"/> that names the folder.
/// </remarks>
public sealed class DatasetWriter : IDisposable
{
    private readonly string _folder;
    private readonly StagingFolder _staging;
    private readonly NpyRows _images;
    private readonly NpyRows? _masks;
    private readonly IReadOnlyList<string> _maskNames;
    private readonly List<bool> _hasMasks = [];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<ManifestEntry> _entries = [];
    private bool _completed;

    /// <summary>
    /// Starts a dataset of square images of <paramref name="size"/> pixels in <paramref name="folder"/>. Throws
    /// <see cref="Fovea.Core.Errors.InputException"/> when the folder holds files and <paramref name="force"/> is false; with
    /// <paramref name="force"/> the files of a dataset in it are replaced at the end and other files stay.
    /// <paramref name="maskNames"/> are the classes of the images' masks; null or none for a dataset without masks.
    /// </summary>
    public DatasetWriter(string folder, int size, bool force = false, IReadOnlyList<string>? maskNames = null)
        : this(folder, size, force, path => new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 18), maskNames)
    {
    }

    /// <summary>Starts a dataset whose image stream comes from <paramref name="open"/>; for tests of failing disks.</summary>
    internal DatasetWriter(string folder, int size, bool force, Func<string, Stream> open, IReadOnlyList<string>? maskNames = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        (_folder, Size, _maskNames) = (folder, size, maskNames ?? []);
        try
        {
            _staging = new StagingFolder(folder, force);
            _images = new NpyRows(open(_staging.File(DatasetFiles.Images)), size, size, 3);
            if (_maskNames.Count > 0) _masks = new NpyRows(open(_staging.File(DatasetFiles.Masks)), _maskNames.Count, size, size);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _staging?.Dispose();
            throw StagingFolder.Unwritable(folder, e);
        }
    }

    /// <summary>Image width and height in pixels.</summary>
    public int Size { get; }

    /// <summary>Images appended so far.</summary>
    public int Count => _entries.Count;

    /// <summary>The rows of the manifest so far.</summary>
    public IReadOnlyList<ManifestEntry> Entries => _entries;

    /// <summary>
    /// Appends an image of bytes [size, size, 3] (sRGB) and its row; the row's index is set here and returned.
    /// <paramref name="masks"/> are its masks [classes, size, size], 255 where a pixel is wholly of the class; empty for an image without masks.
    /// </summary>
    public int Append(ReadOnlySpan<byte> rgb, ManifestEntry entry, ReadOnlySpan<byte> masks = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, Size * Size * 3, nameof(rgb));
        if (!masks.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(masks.Length, _masks?.Length ?? 0, nameof(masks));
        ThrowIfCompleted();
        try
        {
            _images.Append(rgb);
            _masks?.Append(masks.IsEmpty ? new byte[_masks.Length] : masks);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StagingFolder.Unwritable(_folder, e);
        }

        _hash.AppendData(rgb);
        _hasMasks.Add(!masks.IsEmpty);
        _entries.Add(entry with { Index = _entries.Count });
        return _entries.Count - 1;
    }

    /// <summary>
    /// Replaces the rows of the manifest by <paramref name="change"/> of each; what is known only when all images are seen
    /// (splits by near-duplicates, class numbers) is entered so. Indices stay.
    /// </summary>
    public void UpdateEntries(Func<ManifestEntry, ManifestEntry> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        ThrowIfCompleted();
        for (var i = 0; i < _entries.Count; i++) _entries[i] = change(_entries[i]) with { Index = i };
    }

    /// <summary>
    /// Drops the images whose row <paramref name="keep"/> refuses; the others move up in their order. What is known only when
    /// all images are seen (that an image belongs with another dataset) is applied so.
    /// </summary>
    internal void Keep(Predicate<ManifestEntry> keep)
    {
        ThrowIfCompleted();
        var kept = _entries.FindAll(keep);
        int[] rows = [.. kept.Select(entry => entry.Index)];
        _hash.GetHashAndReset();
        try
        {
            _images.Keep(rows);
            _masks?.Keep(rows);
            for (var i = 0; i < rows.Length; i++) _hash.AppendData(_images.Read(i));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StagingFolder.Unwritable(_folder, e);
        }

        bool[] masked = [.. rows.Select(row => _hasMasks[row])];
        _hasMasks.Clear();
        _hasMasks.AddRange(masked);
        _entries.Clear();
        _entries.AddRange(kept.Select((entry, i) => entry with { Index = i }));
    }

    /// <summary>
    /// Writes manifest, contact sheet and description and moves the folder into place. Throws
    /// <see cref="ArgumentException"/> when no image was appended or when a label has no class name.
    /// </summary>
    public void Complete(DatasetSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ThrowIfCompleted();
        if (Count == 0) throw new ArgumentException("a dataset needs at least one image", nameof(summary));
        if (_entries.Find(e => e.Label is { } label && (label < 0 || label >= summary.ClassNames.Count)) is { } stray)
            throw new ArgumentException($"{stray.File}: the label {stray.Label} has no name among {summary.ClassNames.Count} classes", nameof(summary));
        try
        {
            var manifest = ManifestFile.Encode(_entries);
            AtomicFile.Write(_staging.File(DatasetFiles.Manifest), stream => stream.Write(manifest));
            ContactSheet.Write(_staging.File(DatasetFiles.ContactSheet), Count, Size, _images.Read);
            var maskHash = MaskHash();
            _images.Complete();
            _masks?.Complete();
            _hash.AppendData(manifest);
            var json = JsonSerializer.Serialize(Describe(summary, Convert.ToHexStringLower(_hash.GetHashAndReset()), maskHash), DatasetDescription.Json);
            AtomicFile.WriteText(_staging.File(DatasetFiles.Description), json + "\n");
            _staging.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StagingFolder.Unwritable(_folder, e);
        }

        _completed = true;
    }

    /// <summary>Deletes what was written unless <see cref="Complete"/> succeeded.</summary>
    public void Dispose()
    {
        _images.Dispose();
        _masks?.Dispose();
        _hash.Dispose();
        _staging.Dispose();
    }

    private void ThrowIfCompleted()
    {
        if (_completed) throw new InvalidOperationException("the dataset is complete");
    }

    private string? MaskHash() => _masks is null ? null : DatasetMasks.Hash(_maskNames, Count, index => _hasMasks[index], index => _masks.Read(index));

    private DatasetDescription Describe(DatasetSummary summary, string contentHash, string? maskHash)
    {
        var description = new DatasetDescription
        {
            FormatVersion = DatasetFiles.FormatVersion,
            Source = summary.Source,
            Accepted = summary.IsFundus ? DatasetDescription.Fundus : DatasetDescription.Any,
            // Not said of what it was always: datasets of fundus photographs stay as they were, byte for byte.
            Framing = summary.Framing == FramingKind.Retina ? null : summary.Framing.ToName(),
            Count = Count,
            Size = Size,
            ClassNames = summary.ClassNames,
            Settings = new SortedDictionary<string, string>(summary.Settings.ToDictionary(), StringComparer.Ordinal),
            Skipped = summary.Skipped,
            Duplicates = summary.Duplicates,
            Warnings = summary.Warnings,
            DiscKinds = DiscKindNames.Count(_entries.Select(entry => entry.Disc)) is { Count: > 0 } kinds ? kinds : null,
            Filters = summary.Filters.Count > 0 ? summary.Filters : null,
            PassedOver = summary.PassedOver.Count > 0 ? summary.PassedOver : null,
            ContentHash = contentHash,
            MaskNames = maskHash is null ? null : _maskNames,
            WithoutMasks = maskHash is null || _hasMasks.TrueForAll(has => has) ? null : [.. Enumerable.Range(0, Count).Where(index => !_hasMasks[index])],
            MaskHash = maskHash,
        };
        foreach (var split in Enum.GetValues<Split>()) description.Splits[split.ToName()] = _entries.Count(e => e.Split == split);
        return description;
    }
}
