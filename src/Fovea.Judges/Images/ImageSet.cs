using System.Buffers.Binary;
using System.Security.Cryptography;
using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Judges.Images;

/// <summary>Images of one size with what is known of them.</summary>
public sealed class ImageSet
{
    private const int MostNamed = 5;

    /// <summary>Takes the images and computes their hash.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="part">The split, "sampled" or "folder".</param>
    /// <param name="side">Their side in pixels.</param>
    /// <param name="pixels">[count]: 8-bit RGB rows [side, side, 3].</param>
    /// <param name="names">The file of each.</param>
    /// <param name="classes">The class of each; null where there is none.</param>
    /// <param name="skipped">Files that gave no image.</param>
    /// <param name="warnings">What a reader should know of how they were read.</param>
    public ImageSet(
        string source,
        string part,
        int side,
        IReadOnlyList<byte[]> pixels,
        IReadOnlyList<string> names,
        IReadOnlyList<string?> classes,
        IReadOnlyList<SkippedImage> skipped,
        IReadOnlyList<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        (Side, Pixels, Names, Classes, Warnings) = (side, pixels, names, classes, warnings);
        Persons = [.. Enumerable.Range(0, pixels.Count)];
        Hashes = [.. pixels.AsParallel().AsOrdered().Select(image => SetSample.HashOf(image))];
        ContentOrder = SetSample.Order(Hashes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(side));
        foreach (var k in ContentOrder) hash.AppendData(pixels[k]);
        Description = new ImageSetDescription(source, part, pixels.Count, side, Convert.ToHexStringLower(hash.GetHashAndReset()), skipped);
    }

    /// <summary>Source, number, hash.</summary>
    public ImageSetDescription Description { get; }

    /// <summary>Side of the images in pixels.</summary>
    public int Side { get; }

    /// <summary>[count]: 8-bit RGB rows [side, side, 3].</summary>
    public IReadOnlyList<byte[]> Pixels { get; }

    /// <summary>SHA-256 of each image's pixels.</summary>
    public IReadOnlyList<byte[]> Hashes { get; }

    /// <summary>
    /// The images' numbers in the order of their hashes: figures are computed in it, so that they do not depend on names or on the order of files.
    /// </summary>
    public IReadOnlyList<int> ContentOrder { get; }

    /// <summary>The file of each image.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The class of each image; null where there is none.</summary>
    public IReadOnlyList<string?> Classes { get; }

    /// <summary>The person of each image, by number: that of the person's first image, and so the image's own where no person is known.</summary>
    public IReadOnlyList<int> Persons { get; init; }

    /// <summary>What a reader should know of how they were read.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Number of images.</summary>
    public int Count => Pixels.Count;

    /// <summary>"2 of 30 generated images (a.png, b.png) have": which images something is said of, five of them by name.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="set">What the set is called.</param>
    internal string Named(IReadOnlyCollection<int> numbers, string set) =>
        $"{numbers.Count} of {Count} {set} images "
            + $"({string.Join(", ", numbers.Take(MostNamed).Select(k => Names[k]))}{(numbers.Count > MostNamed ? ", …" : "")}) "
            + $"{(numbers.Count == 1 ? "has" : "have")}";

    /// <summary>The images as pictures.</summary>
    public IReadOnlyList<RgbImage> Pictures() => [.. Pixels.Select(pixels => new RgbImage(Side, Side, pixels))];

    /// <summary>Some of the images at another side, by <see cref="AreaResampler"/>: the one way of resizing here, for real and generated alike.</summary>
    /// <param name="side">The side.</param>
    /// <param name="first">The first image.</param>
    /// <param name="count">How many, at most.</param>
    public byte[][] At(int side, int first, int count) => At(side, [.. Enumerable.Range(first, Math.Min(count, Count - first))]);

    /// <summary>The same of the images of some numbers.</summary>
    public byte[][] At(int side, IReadOnlyList<int> numbers)
    {
        var images = new byte[numbers.Count][];
        Parallel.For(0, images.Length, k => images[k] = Resized(Pixels[numbers[k]], Side, side));
        return images;
    }

    internal static byte[] Resized(byte[] pixels, int from, int to) =>
        from == to ? pixels : AreaResampler.Resize(new RgbImage(from, from, pixels), 0, 0, from, to);
}

/// <summary>Images of a prepared dataset.</summary>
public static class DatasetImages
{
    /// <summary>The images of a split, or some of them.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">The split; null for all images.</param>
    /// <param name="most">Images to take at most; of more, a sample by seed.</param>
    /// <param name="seed">Seed of the sample.</param>
    public static ImageSet Read(ImageDataset dataset, Split? split, int most, ulong seed)
    {
        var name = split?.ToName() ?? "all";
        IReadOnlyList<int> indices = split is { } part ? dataset.IndicesOf(part) : [.. Enumerable.Range(0, dataset.Count)];
        if (indices.Count == 0) throw new InputException($"{dataset.Folder}: has no image in its split '{name}'");
        List<string> warnings = [];
        if (indices.Count > most)
        {
            var all = indices;
            int?[] labels = [.. all.Select(index => dataset.Entries[index].Label)];
            indices = [.. SetSample.Choose([.. all.Select(index => SetSample.HashOf(dataset.GetImage(index)))], labels, most, seed).Select(k => all[k])];
            warnings.Add(
                $"{dataset.Folder}: {most} of {all.Count} images of '{name}' were taken, by seed "
                    + $"{seed}{(labels.Distinct().Count() > 1 ? ", spread over the classes" : "")}");
        }

        return new ImageSet(
            dataset.Folder, name, dataset.Size,
            [.. indices.Select(index => dataset.GetImage(index).ToArray())],
            [.. indices.Select(index => dataset.Entries[index].File)],
            [.. indices.Select(index => dataset.Entries[index].Label is { } label ? dataset.ClassNames[label] : null)],
            [], warnings)
        {
            Persons = PersonsOf([.. indices.Select(index => dataset.Entries[index].Patient)]),
        };
    }

    private static int[] PersonsOf(string[] patients)
    {
        var first = new Dictionary<string, int>(NameComparer.Instance);
        return [.. patients.Select((patient, k) => patient.Length == 0 || first.TryAdd(patient, k) ? k : first[patient])];
    }
}

/// <summary>Parts of a set that share no person.</summary>
public static class PersonParts
{
    private const ulong Stream = 0x7061727473;

    /// <summary>Deals the images out by seed, all of a person to one part, and by their contents: names and the order of files have no part in it.</summary>
    /// <param name="images">The images.</param>
    /// <param name="parts">Number of parts.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>[parts]: numbers of images, the parts about equally many.</returns>
    public static int[][] Deal(ImageSet images, int parts, ulong seed)
    {
        int[][] persons = [.. images.ContentOrder.GroupBy(k => images.Persons[k]).Select(group => group.ToArray())];
        new CounterRandom(seed, Stream).Shuffle<int[]>(persons);
        List<int>[] dealt = [.. Enumerable.Range(0, parts).Select(_ => new List<int>())];
        foreach (var person in persons) dealt.MinBy(part => part.Count)!.AddRange(person);
        return [.. dealt.Select(part => part.ToArray())];
    }
}

/// <summary>What a set of images is.</summary>
/// <param name="Source">The dataset's folder, the folder of pictures or the run, as it was given.</param>
/// <param name="Part">The dataset's split, "sampled" for a run, "folder" for pictures.</param>
/// <param name="Images">Images that were read.</param>
/// <param name="Side">Side in pixels at which they are compared.</param>
/// <param name="ContentHash">SHA-256 over their pixels at that side, in the order of their own hashes; lower-case hexadecimal.</param>
/// <param name="Skipped">Files that gave no image, with the reason.</param>
public sealed record ImageSetDescription(string Source, string Part, int Images, int Side, string ContentHash, IReadOnlyList<SkippedImage> Skipped);

/// <summary>A file that gave no image.</summary>
/// <param name="File">Its path.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedImage(string File, string Reason);

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
