using System.Security.Cryptography;
using System.Text;
using Fovea.Core.Errors;

namespace Fovea.Imaging.Datasets;

/// <summary>The masks of a dataset's images: for each class of mask how much of each pixel belongs to it.</summary>
public sealed class DatasetMasks : IDisposable
{
    private readonly MappedRows _rows;
    private readonly HashSet<int> _without;
    private readonly string _hash;

    private DatasetMasks(IReadOnlyList<string> names, MappedRows rows, IEnumerable<int> without, string hash) =>
        (Names, _rows, _without, _hash) = (names, rows, [.. without], hash);

    /// <summary>The classes of mask, at least one.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>SHA-256 over the classes' names and all masks; lower-case hexadecimal. As written, not recomputed.</summary>
    public string ContentHash => _hash;

    /// <summary>Whether an image has masks. One that has may have empty ones: nothing of the class is in the image.</summary>
    public bool Has(int index) => !_without.Contains(index);

    /// <summary>
    /// The masks of an image, bytes [classes, size, size], rows from the top, 255 where a pixel is wholly of the class; all 0 for an image without masks.
    /// </summary>
    public ReadOnlySpan<byte> this[int index] => _rows[index];

    /// <inheritdoc />
    public void Dispose() => _rows.Dispose();

    internal static DatasetMasks? Open(string folder, DatasetDescription description)
    {
        if (description.MaskNames is not { } names) return null;
        var (path, json) = (Path.Combine(folder, DatasetFiles.Masks), Path.Combine(folder, DatasetFiles.Description));
        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() < names.Count)
            throw new InputException($"{json}: its classes of masks are [{string.Join(", ", names)}]; different names are needed, at least one");
        if (description.WithoutMasks?.FirstOrDefault(index => index < 0 || index >= description.Count) is { } stray and not 0)
            throw new InputException($"{json}: image {stray} is to have no masks; there are {description.Count} images");
        if (!File.Exists(path))
        {
            throw new InputException(
                $"{folder}: has no {DatasetFiles.Masks}, which {DatasetFiles.Description} speaks of; prepare the dataset again");
        }

        return new DatasetMasks(names, MappedRows.Open(path, description.Count, names.Count, description.Size, description.Size),
            description.WithoutMasks ?? [], description.MaskHash ?? "");
    }

    internal void VerifyContent(string folder, int count, CancellationToken cancellation)
    {
        var found = Hash(Names, count, Has, index =>
        {
            cancellation.ThrowIfCancellationRequested();
            return this[index].ToArray();
        });
        if (found != _hash)
        {
            throw new InputException(
                $"{folder}: the masks were changed after the dataset was written (the hash of masks in {DatasetFiles.Description} does not match)");
        }
    }

    /// <summary>What is told of masks in <c>dataset.json</c>: SHA-256 over the names and, for each image, whether it has masks, and these.</summary>
    internal static string Hash(IReadOnlyList<string> names, int count, Predicate<int> has, Func<int, byte[]> row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', names)));
        for (var i = 0; i < count; i++)
        {
            hash.AppendData([has(i) ? (byte)1 : (byte)0]);
            hash.AppendData(row(i));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
