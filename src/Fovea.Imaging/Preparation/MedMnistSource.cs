using System.IO.Compression;
using System.Security.Cryptography;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// A MedMNIST file (Yang et al., "MedMNIST v2", 2023): a zip of NPY arrays train_images, train_labels, val_*, test_*; images
/// [count, height, width] or [count, height, width, 1 or 3], labels whole numbers [count] or [count, 1].
/// </summary>
internal sealed class MedMnistSource : IDisposable
{
    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly List<(Split Split, NpyImages Images)> _parts = [];

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

        if (_parts.Count == 0) throw new InputException($"{path}: holds none of train_images, val_images, test_images; it has {string.Join(", ", _archive.Entries.Select(e => e.Name))}");
        Count = _parts.Sum(part => part.Images.Count);
        if (Count == 0) throw new InputException($"{path}: holds no image");
    }

    public long Count { get; }

    /// <summary>The images, read in order; each item must be pulled on one thread, its load may run on any.</summary>
    public IEnumerable<SourceItem> Items(int size)
    {
        SampleRange? range = _parts.TrueForAll(part => part.Images.AreBytes) ? null : Range();
        foreach (var (split, images) in _parts)
        {
            var labels = Labels(split, images.Count);
            var i = 0;
            foreach (var pixels in NamingDamage(images.Read(range), images.Name))
            {
                yield return new SourceItem($"{split.ToName()}/{i:D6}", () => Load(pixels, images.Width, images.Height, size, range?.Remark), split, labels?[i].ToString(System.Globalization.CultureInfo.InvariantCulture));
                i++;
            }
        }
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>These images are cropped already: the shorter side's square is resized, no disc is looked for.</summary>
    private static LoadedImage Load(byte[] pixels, int width, int height, int size, string? range)
    {
        var rgb = pixels;
        if (pixels.Length == width * height)
        {
            rgb = new byte[pixels.Length * 3];
            for (var i = 0; i < pixels.Length; i++) rgb.AsSpan(i * 3, 3).Fill(pixels[i]);
        }

        double side = Math.Min(width, height);
        var output = AreaResampler.Resize(new RgbImage(width, height, rgb), (width - side) / 2, (height - side) / 2, side, size);
        return new LoadedImage
        {
            Pixels = output,
            Width = width,
            Height = height,
            Disc = new RetinaDisc(DiscKind.Other, width / 2.0, height / 2.0, side / 2),
            SourceHash = Convert.ToHexStringLower(SHA256.HashData(pixels)),
            PixelHash = Convert.ToHexStringLower(SHA256.HashData(output)),
            Perceptual = PerceptualHash.Of(output, size),
            Range = range,
        };
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

    private long[]? Labels(Split split, long count)
    {
        var name = split.ToName() + "_labels.npy";
        if (_archive.GetEntry(name) is not { } entry) return null;
        try
        {
            using var stream = entry.Open();
            var header = NpyHeader.Read(stream);
            if (NpyType.Parse(header.ElementType) is not { } type || header.Shape.Count == 0 || header.Shape[0] != count || header.Shape.Skip(1).Any(axis => axis != 1))
                throw new InputException($"{_path}: {name} is {header.ElementType} [{string.Join(", ", header.Shape)}]; whole numbers [{count}] or [{count}, 1] are needed (one class an image)");
            var bytes = new byte[count * type.Width];
            stream.ReadExactly(bytes);
            return [.. Enumerable.Range(0, (int)count).Select(i => type.ToWhole(bytes.AsSpan(i * type.Width, type.Width)))];
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException)
        {
            throw new InputException($"{_path}: {name} is damaged ({e.Message})", e);
        }
    }
}
