using System.Globalization;
using System.IO.Compression;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// A MedMNIST file (Yang et al., "MedMNIST v2", 2023): a zip of NPY arrays train_images, train_labels, val_*, test_*; images
/// [count, height, width] or [count, height, width, 1 or 3], labels whole numbers [count], [count, 1] or, 0 or 1 each, [count, labels].
/// </summary>
internal sealed class MedMnistSource : IDisposable
{
    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly List<(Split Split, NpyImages Images)> _parts = [];
    private readonly Dictionary<Split, MedMnistLabels?> _labels = [];

    public MedMnistSource(string path)
    {
        _path = path;
        try
        {
            _archive = ZipFile.OpenRead(path);
            foreach (var split in Enum.GetValues<Split>())
            {
                if (_archive.GetEntry(split.ToName() + "_images.npy") is { } images) _parts.Add((split, new NpyImages(images)));
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
        {
            _archive?.Dispose();
            throw new InputException($"{path}: is not a readable .npz file ({e.Message})", e);
        }

        if (_parts.Count == 0)
        {
            throw new InputException(
                $"{path}: holds none of train_images, val_images, test_images; it has {string.Join(", ", _archive.Entries.Select(e => e.Name))}");
        }

        Count = _parts.Sum(part => part.Images.Count);
        if (Count == 0) throw new InputException($"{path}: holds no image");
        foreach (var (split, images) in _parts) _labels[split] = Labels(split, images.Count);
    }

    public long Count { get; }

    /// <summary>What became of several labels an image, in one line; null where each image has one.</summary>
    public string? Remark => _labels.Values.FirstOrDefault(labels => labels?.PerImage > 1) is { } several
        ? $"{_path}: {several.PerImage} labels an image, of which a class is made: {Sum(labels => labels.Single)} images with exactly one are of its class, "
            + $"{Sum(labels => labels.None)} with none are '{MedMnistLabels.Negative}', {Sum(labels => labels.Several)} with several have no class"
        : null;

    /// <summary>The images, read in order; each item must be pulled on one thread, its load may run on any.</summary>
    public IEnumerable<SourceItem> Items(int size, IPictureFraming framing, bool isFundus)
    {
        SampleRange? range = _parts.TrueForAll(part => part.Images.AreBytes) ? null : Range();
        foreach (var (split, images) in _parts)
        {
            var i = 0;
            foreach (var pixels in NamingDamage(images.Read(range), images.Name))
            {
                yield return new SourceItem(
                    $"{split.ToName()}/{i:D6}",
                    () => Load(pixels, images, size, framing, isFundus) with { Range = range?.Remark },
                    split, _labels[split]?.Classes[i]);
                i++;
            }
        }
    }

    public void Dispose() => _archive.Dispose();

    private static LoadedImage Load(byte[] pixels, NpyImages images, int size, IPictureFraming framing, bool isFundus)
    {
        var (width, height) = (images.Width, images.Height);
        var rgb = pixels;
        if (pixels.Length == width * height)
        {
            rgb = new byte[pixels.Length * 3];
            for (var i = 0; i < pixels.Length; i++) rgb.AsSpan(i * 3, 3).Fill(pixels[i]);
        }

        var picture = new DecodedImage(new RgbImage(width, height, rgb), width, height, 1, false);
        var frame = framing.Refuse(picture, _ => picture) is { } reason ? PictureFrame.None(reason) : framing.Find(picture.Image);
        return frame.Rejection is { } rejection
            ? new LoadedImage { Rejection = rejection }
            : LoadedImage.Framed(picture.Image, frame, size, isFundus ? frame.Disc : null, pixels) with { Width = width, Height = height };
    }

    private SampleRange Range()
    {
        try
        {
            return NpyImages.RangeOf([.. _parts.Select(part => part.Images)]);
        }
        catch (ImageReadException e)
        {
            throw new InputException($"{_path}: {e.Message}", e);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new InputException($"{_path}: an array of images is cut off or damaged", e);
        }
    }

    private IEnumerable<byte[]> NamingDamage(IEnumerable<byte[]> images, string name)
    {
        using var enumerator = images.GetEnumerator();
        while (true)
        {
            try
            {
                if (!enumerator.MoveNext()) yield break;
            }
            catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
            {
                throw new InputException($"{_path}: {name} is cut off or damaged", e);
            }

            yield return enumerator.Current;
        }
    }

    private int Sum(Func<MedMnistLabels, int> count) => _labels.Values.Sum(labels => labels is null ? 0 : count(labels));

    private MedMnistLabels? Labels(Split split, long count)
    {
        var name = split.ToName() + "_labels.npy";
        if (_archive.GetEntry(name) is not { } entry) return null;
        try
        {
            using var stream = entry.Open();
            return MedMnistLabels.Read(stream, count);
        }
        catch (UnfitLabelsException e)
        {
            throw new InputException($"{_path}: {name} {e.Message}", e);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException)
        {
            throw new InputException($"{_path}: {name} is damaged ({e.Message})", e);
        }
    }
}

/// <summary>
/// The class of each image of a split. Of several labels an image (0 or 1 each), one alone is its class, none is a class of its own, and several are no class.
/// </summary>
internal sealed class MedMnistLabels
{
    /// <summary>The class of images without any of several labels.</summary>
    public const string Negative = "negative";

    private MedMnistLabels(string?[] classes, int perImage) => (Classes, PerImage) = (classes, perImage);

    /// <summary>The class of each image; null where it has none.</summary>
    public IReadOnlyList<string?> Classes { get; }

    /// <summary>Labels an image.</summary>
    public int PerImage { get; }

    /// <summary>Images with exactly one of several labels.</summary>
    public int Single => Classes.Count - None - Several;

    /// <summary>Images with none of several labels.</summary>
    public int None => Classes.Count(name => name == Negative);

    /// <summary>Images with several labels.</summary>
    public int Several => Classes.Count(name => name is null);

    /// <summary>
    /// Reads an array. Throws <see cref="UnfitLabelsException"/> for other labels than these, and <see cref="FormatException"/> for one that is no whole
    /// number.
    /// </summary>
    public static MedMnistLabels Read(Stream stream, long count)
    {
        var header = NpyHeader.Read(stream);
        var shape = $"is {header.ElementType} [{string.Join(", ", header.Shape)}]";
        if (NpyType.Parse(header.ElementType) is not { } type
            || header.Shape.Count is < 1 or > 2
            || header.Shape[0] != count
            || (header.Shape.Count == 2 && header.Shape[1] is < 1 or > 1000))
        {
            throw new UnfitLabelsException(
                $"{shape}; whole numbers [{count}] or [{count}, 1] are needed (one class an image), or [{count}, labels] of 0 and 1");
        }

        var perImage = header.Shape.Count == 2 ? (int)header.Shape[1] : 1;
        if (perImage > 1 && header.FortranOrder)
            throw new UnfitLabelsException($"{shape} in Fortran order; save several labels an image in C order (numpy.ascontiguousarray)");
        var bytes = new byte[count * perImage * type.Width];
        stream.ReadExactly(bytes);
        long[] values = [.. Enumerable.Range(0, (int)count * perImage).Select(i => type.ToWhole(bytes.AsSpan(i * type.Width, type.Width)))];
        if (perImage == 1) return new([.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))], 1);
        if (values.FirstOrDefault(value => value is not (0 or 1)) is not 0 and var odd)
            throw new UnfitLabelsException($"{shape} and holds {odd}; of several labels an image each is 0 or 1");
        return new([.. values.Chunk(perImage).Select(ClassOf)], perImage);
    }

    private static string? ClassOf(long[] labels) => labels.Sum() switch
    {
        0 => Negative,
        1 => string.Create(CultureInfo.InvariantCulture, $"label-{Array.IndexOf(labels, 1L):D2}"),
        _ => null,
    };
}

/// <summary>Labels that are read and cannot be used; the message goes on after the array's name.</summary>
internal sealed class UnfitLabelsException(string message) : Exception(message);
