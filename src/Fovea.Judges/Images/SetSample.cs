using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Fovea.Judges.Images;

/// <summary>
/// Which images of a set are taken where at most so many are: a sample by seed, spread over the classes by their shares. It goes by the images' contents:
/// what folders and files are called, and how they are listed, has no part in it.
/// </summary>
public static class SetSample
{
    /// <summary>The hash of an image or a file.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> content) => SHA256.HashData(content);

    /// <summary>All numbers from 0 to the number of hashes less 1 in the order of the hashes.</summary>
    public static int[] Order(IReadOnlyList<byte[]> hashes) => [.. Enumerable.Range(0, hashes.Count).OrderBy(k => hashes[k], Bytes)];

    /// <summary>The numbers of the images that are taken, ascending; all of them where there are no more.</summary>
    /// <param name="hashes">The hash of each.</param>
    /// <param name="classes">The class of each; only which are equal matters.</param>
    /// <param name="most">How many to take at most.</param>
    /// <param name="seed">The seed.</param>
    public static int[] Choose<TClass>(IReadOnlyList<byte[]> hashes, IReadOnlyList<TClass> classes, int most, ulong seed)
    {
        if (hashes.Count <= most) return [.. Enumerable.Range(0, hashes.Count)];
        byte[][] keys = [.. hashes.Select(hash => Key(hash, seed))];
        // The places (r + 1/2) / n of a class's images in its random order, in one row with those of the others: Sainte-Laguë's division of seats.
        var places = Enumerable.Range(0, hashes.Count).GroupBy(k => classes[k])
            .SelectMany(group => group.OrderBy(k => keys[k], Bytes).Select((k, rank) => (Image: k, Place: (rank + 0.5) / group.Count())));
        return [.. places.OrderBy(place => place.Place).ThenBy(place => keys[place.Image], Bytes).Take(most).Select(place => place.Image).Order()];
    }

    private static Comparer<byte[]> Bytes { get; } = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    private static byte[] Key(byte[] hash, ulong seed)
    {
        var text = new byte[hash.Length + sizeof(ulong)];
        hash.CopyTo(text, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(text.AsSpan(hash.Length), seed);
        return SHA256.HashData(text);
    }
}
