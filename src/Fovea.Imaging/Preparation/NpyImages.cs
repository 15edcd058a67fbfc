using System.IO.Compression;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// An array of images [count, height, width] or [count, height, width, 1 or 3] in an .npz file, of any number type, byte order
/// and order of the axes. Read as a stream; an array in Fortran order, whose images lie scattered, is held in memory.
/// </summary>
internal sealed class NpyImages
{
    private const int MaxSide = 4096;
    private readonly ZipArchiveEntry _entry;
    private readonly NpyHeader _header;
    private readonly NpyType _type;

    /// <summary>Reads the header. Throws <see cref="FormatException"/> when the array holds no images.</summary>
    public NpyImages(ZipArchiveEntry entry)
    {
        _entry = entry;
        using var stream = entry.Open();
        _header = NpyHeader.Read(stream);
        var shape = _header.Shape;
        if (NpyType.Parse(_header.ElementType) is not { } type || shape.Count is not (3 or 4) || (shape.Count == 4 && shape[3] is not (1 or 3))
            || shape[1] is < 1 or > MaxSide || shape[2] is < 1 or > MaxSide || shape[0] > int.MaxValue)
        {
            throw new FormatException(
                $"{entry.Name} is {_header.ElementType} [{string.Join(", ", shape)}]; numbers [N, H, W], [N, H, W, 1] or [N, H, W, 3] with "
                    + $"sides up to {MaxSide} are needed");
        }

        _type = type;
        (Height, Width, Channels) = ((int)shape[1], (int)shape[2], shape.Count == 4 ? (int)shape[3] : 1);
        if (_header.FortranOrder && Count * Elements * type.Width > Array.MaxLength)
        {
            throw new FormatException(
                $"{entry.Name} is in Fortran order and larger than {Array.MaxLength} bytes; save it in C order (numpy.ascontiguousarray)");
        }
    }

    public string Name => _entry.Name;

    public long Count => _header.Shape[0];

    public int Height { get; }

    public int Width { get; }

    /// <summary>1 for grey, 3 for colour.</summary>
    public int Channels { get; }

    /// <summary>Whether the samples are unsigned bytes, which need no range.</summary>
    public bool AreBytes => _type is ('u', 1, _);

    private int Elements => Height * Width * Channels;

    /// <summary>The range of the samples of several arrays together, so that the splits of a file are read alike.</summary>
    /// <exception cref="ImageReadException">A sample is infinite or not a number.</exception>
    /// <exception cref="EndOfStreamException">An array is cut off.</exception>
    public static SampleRange RangeOf(IReadOnlyList<NpyImages> arrays)
    {
        var words = arrays.All(array => array._type is ('u', <= 2, _));
        var counts = new uint[words ? ushort.MaxValue + 1 : 0];
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var array in arrays)
        {
            foreach (var raw in array.Raw())
            {
                for (var at = 0; at < raw.Length; at += array._type.Width)
                {
                    var sample = array._type.ToDouble(raw.AsSpan(at));
                    if (!double.IsFinite(sample)) throw SampleRange.NotFinite();
                    if (words) counts[(int)sample]++;
                    else (smallest, largest) = (Math.Min(smallest, sample), Math.Max(largest, sample));
                }
            }
        }

        if (arrays.All(array => array._type.Kind == 'b')) return new SampleRange(0, 1, null);
        return words ? SampleRange.OfWords(counts) : SampleRange.Choose(smallest, largest, arrays.Any(array => array._type.IsReal));
    }

    /// <summary>The images in order, bytes [height, width, channels].</summary>
    /// <param name="range">What becomes black and white; null for bytes.</param>
    /// <exception cref="EndOfStreamException">The array is cut off.</exception>
    public IEnumerable<byte[]> Read(SampleRange? range)
    {
        foreach (var raw in Raw())
        {
            if (range is not { } scale)
            {
                yield return raw;
                continue;
            }

            var bytes = new byte[Elements];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = scale.ToByte(_type.ToDouble(raw.AsSpan(i * _type.Width)));
            yield return bytes;
        }
    }

    /// <summary>The elements of each image in C order.</summary>
    private IEnumerable<byte[]> Raw()
    {
        using var stream = _entry.Open();
        NpyHeader.Read(stream);
        var whole = new byte[_header.FortranOrder ? Count * Elements * _type.Width : 0];
        stream.ReadExactly(whole);
        for (var image = 0L; image < Count; image++)
        {
            var raw = new byte[Elements * _type.Width];
            if (_header.FortranOrder) Gather(whole, image, raw);
            else stream.ReadExactly(raw);
            yield return raw;
        }
    }

    private void Gather(byte[] whole, long image, byte[] raw)
    {
        var (at, width) = (0, _type.Width);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                for (var c = 0; c < Channels; c++, at += width)
                    whole.AsSpan((int)((image + Count * (y + (long)Height * (x + (long)Width * c))) * width), width).CopyTo(raw.AsSpan(at));
            }
        }
    }
}
