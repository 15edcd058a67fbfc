using System.IO.Compression;
using System.Security.Cryptography;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// A MedMNIST file (Yang et al., "MedMNIST v2", 2023): a zip of NPY arrays train_images, train_labels, val_*, test_*; images
/// uint8 [count, height, width] or [count, height, width, 3], labels whole numbers [count] or [count, 1]. Read as a stream.
/// </summary>
internal sealed class MedMnistSource : IDisposable
{
    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly List<(Split Split, ZipArchiveEntry Images, NpyHeader Header)> _parts = [];

    public MedMnistSource(string path)
    {
        _path = path;
        try
        {
            _archive = ZipFile.OpenRead(path);
            foreach (var split in Enum.GetValues<Split>())
            {
                if (_archive.GetEntry(split.ToName() + "_images.npy") is { } images) _parts.Add((split, images, ImagesHeader(images)));
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
        {
            _archive?.Dispose();
            throw new InputException($"{path}: is not a readable .npz file ({e.Message})", e);
        }

        if (_parts.Count == 0) throw new InputException($"{path}: holds none of train_images, val_images, test_images; it has {string.Join(", ", _archive.Entries.Select(e => e.Name))}");
        Count = _parts.Sum(part => part.Header.Shape[0]);
        if (Count == 0) throw new InputException($"{path}: holds no image");
    }

    public long Count { get; }

    /// <summary>The images, read in order; each item must be pulled on one thread, its load may run on any.</summary>
    public IEnumerable<SourceItem> Items(int size)
    {
        foreach (var (split, images, header) in _parts)
        {
            var labels = Labels(split, header.Shape[0]);
            using var stream = images.Open();
            NpyHeader.Read(stream);
            var (height, width, channels) = ((int)header.Shape[1], (int)header.Shape[2], header.Shape.Count == 4 ? 3 : 1);
            for (var i = 0; i < header.Shape[0]; i++)
            {
                var pixels = new byte[width * height * channels];
                ReadExactly(stream, pixels, images.Name);
                yield return new SourceItem($"{split.ToName()}/{i:D6}", () => Load(pixels, width, height, size), split, labels?[i].ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>These images are cropped already: the shorter side's square is resized, no disc is looked for.</summary>
    private static LoadedImage Load(byte[] pixels, int width, int height, int size)
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
        };
    }

    private static NpyHeader ImagesHeader(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var header = NpyHeader.Read(stream);
        if (header.ElementType is not ("|u1" or "u1") || header.FortranOrder || header.Shape.Count is not (3 or 4) || (header.Shape.Count == 4 && header.Shape[3] != 3)
            || header.Shape[1] is < 1 or > 4096 || header.Shape[2] is < 1 or > 4096 || header.Shape[0] > int.MaxValue)
            throw new FormatException($"{entry.Name} is {header.ElementType} [{string.Join(", ", header.Shape)}]; |u1 [N, H, W] or [N, H, W, 3] with sides up to 4096 is needed");
        return header;
    }

    private long[]? Labels(Split split, long count)
    {
        var name = split.ToName() + "_labels.npy";
        if (_archive.GetEntry(name) is not { } entry) return null;
        try
        {
            using var stream = entry.Open();
            var header = NpyHeader.Read(stream);
            var width = header.ElementType switch { "|u1" or "u1" or "|i1" => 1, "<u2" or "<i2" => 2, "<u4" or "<i4" => 4, "<u8" or "<i8" => 8, _ => 0 };
            if (width == 0 || header.Shape.Count == 0 || header.Shape[0] != count || header.Shape.Skip(1).Any(axis => axis != 1))
                throw new InputException($"{_path}: {name} is {header.ElementType} [{string.Join(", ", header.Shape)}]; whole numbers [{count}] or [{count}, 1] are needed (one class an image)");
            var bytes = new byte[count * width];
            ReadExactly(stream, bytes, name);
            return [.. Enumerable.Range(0, (int)count).Select(i => Whole(bytes.AsSpan(i * width, width), header.ElementType))];
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException)
        {
            throw new InputException($"{_path}: {name} is damaged ({e.Message})", e);
        }
    }

    private static long Whole(ReadOnlySpan<byte> bytes, string type)
    {
        var value = 0L;
        for (var i = bytes.Length - 1; i >= 0; i--) value = value << 8 | bytes[i];
        var unused = 64 - bytes.Length * 8;
        return type.Contains('i', StringComparison.Ordinal) ? value << unused >> unused : value;
    }

    private void ReadExactly(Stream stream, byte[] bytes, string name)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new InputException($"{_path}: {name} is cut off or damaged", e);
        }
    }
}
