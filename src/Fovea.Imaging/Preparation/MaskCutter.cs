using System.Security.Cryptography;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Preparation;

/// <summary>Cuts the masks of a picture as the picture itself is cut: the same square, the same kernel, the same surround.</summary>
/// <param name="folder">The masks.</param>
/// <param name="size">Side of the images in pixels.</param>
/// <param name="maxPixels">Masks with more pixels are not read.</param>
internal sealed class MaskCutter(MaskFolder folder, int size, long maxPixels)
{
    private const int Channels = 3;

    /// <summary>The masks of a picture, or what is wrong with them.</summary>
    /// <param name="file">The picture's relative path.</param>
    /// <param name="picture">The picture in which the square was found.</param>
    /// <param name="frame">The square.</param>
    public CutMasks Cut(string file, DecodedImage picture, PictureFrame frame)
    {
        try
        {
            MaskPicture[] masks = [.. folder.Of(file).Select(path => Read(path, picture))];
            var cut = Cut(masks, picture.Shrink, frame);
            return new CutMasks
            {
                Bytes = cut,
                Hash = Convert.ToHexStringLower(SHA256.HashData(cut)),
                IsEmpty = Array.TrueForAll(masks, mask => mask.Values.Count == 0),
                IsUnturned = picture.Orientation != 1 && Array.Exists(masks, mask => mask.Orientation == 1),
            };
        }
        catch (MaskFaultException e)
        {
            return new CutMasks { Fault = e };
        }
    }

    private MaskPicture Read(string path, DecodedImage picture)
    {
        MaskPicture mask;
        try
        {
            mask = MaskPicture.Read(File.ReadAllBytes(path), maxPixels);
        }
        catch (Exception e) when (e is ImageReadException or IOException or UnauthorizedAccessException)
        {
            throw new MaskFaultException(MaskFault.Unreadable,
                $"its mask {Path.GetFileName(path)} {(e is ImageReadException ? e.Message : $"cannot be read ({e.Message})")}");
        }

        if ((mask.Width, mask.Height) != (picture.SourceWidth, picture.SourceHeight))
        {
            throw new MaskFaultException(MaskFault.Size,
                $"has {picture.SourceWidth}×{picture.SourceHeight} pixels{(picture.Orientation == 1 ? "" : " upright")}, its mask {mask.Width}×{mask.Height}");
        }

        var isKnown = folder.IsIndexed ? mask.Values.Count == 0 || mask.Values[^1] <= folder.Names.Count : mask.Values.Count < 2;
        if (!isKnown)
        {
            throw new MaskFaultException(MaskFault.Values,
                $"its mask has {mask.Values.Count + 1} values up to {mask.Values[^1]}; "
                    + $"{(folder.IsIndexed ? $"0 to {folder.Names.Count}" : "0 and one other")} are known");
        }

        return mask;
    }

    private byte[] Cut(MaskPicture[] masks, int shrink, PictureFrame frame)
    {
        var (width, height) = (masks[0].Width, masks[0].Height);
        var bytes = new byte[folder.Names.Count * size * size];
        // What a framing fills up with a colour of its own is no part of any mask.
        var filled = frame.Cut!(new RgbImage(width / shrink, height / shrink, new byte[width / shrink * (height / shrink) * 3]), size);
        for (var first = 0; first < folder.Names.Count; first += Channels)
        {
            var picture = new RgbImage(width, height, new byte[width * height * 3]);
            for (var c = first; c < Math.Min(first + Channels, folder.Names.Count); c++)
                masks[folder.IsIndexed ? 0 : c].Lay(picture, c - first, Meaning(c));
            var cut = frame.Cut(BoxFilter.Shrink(picture, shrink), size);
            for (var c = first; c < Math.Min(first + Channels, folder.Names.Count); c++)
            {
                for (var i = 0; i < size * size; i++)
                    bytes[c * size * size + i] = (byte)Math.Max(0, cut[3 * i + c - first] - filled[3 * i + c - first]);
            }
        }

        return bytes;
    }

    private byte[] Meaning(int label)
    {
        var meaning = new byte[256];
        if (folder.IsIndexed) meaning[label + 1] = byte.MaxValue;
        else meaning.AsSpan(1).Fill(byte.MaxValue);
        return meaning;
    }
}

/// <summary>What became of a picture's masks.</summary>
internal sealed record CutMasks
{
    /// <summary>Bytes [classes, size, size], 255 where a pixel is wholly of the class; empty where something is wrong with them.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>SHA-256 of <see cref="Bytes"/>.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Whether no pixel of the files is of any class.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Whether the picture was turned upright by its EXIF orientation, and a mask of it says nothing of one.</summary>
    public bool IsUnturned { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public MaskFaultException? Fault { get; init; }
}

/// <summary>What is to be told of masks: a line for each kind of fault, with how many there are and the first.</summary>
/// <param name="folder">The masks' folder.</param>
/// <param name="strict">Whether the first fault is an error.</param>
internal sealed class MaskRemarks(string folder, bool strict)
{
    private readonly List<(string File, string Message)>[] _faults = [.. Enum.GetValues<MaskFault>().Select(_ => new List<(string, string)>())];
    private readonly List<string> _empty = [];
    private readonly List<string> _unturned = [];

    /// <summary>Images that have masks.</summary>
    public int Count { get; private set; }

    /// <summary>Notes one image's.</summary>
    public void Note(string file, CutMasks masks)
    {
        if (masks.Fault is { } fault)
        {
            if (strict) throw new Core.Errors.InputException($"{file}: {fault.Message} (strict)");
            _faults[(int)fault.Fault].Add((file, fault.Message));
            return;
        }

        Count++;
        if (masks.IsEmpty && strict) throw new Core.Errors.InputException($"{file}: its masks are empty (strict)");
        if (masks.IsEmpty) _empty.Add(file);
        if (masks.IsUnturned) _unturned.Add(file);
    }

    public IEnumerable<string> Warnings(IReadOnlyList<string> withoutPicture)
    {
        foreach (var (fault, what) in s_words)
        {
            if (_faults[(int)fault] is { Count: > 0 } files)
            {
                yield return $"{folder}: {files.Count} {(files.Count == 1 ? "picture" : "pictures")} {what}, and so no mask in the dataset; first "
                    + $"{files[0].File}: {files[0].Message}";
            }
        }

        if (withoutPicture.Count > 0)
        {
            yield return $"{folder}: {withoutPicture.Count} {(withoutPicture.Count == 1 ? "file belongs" : "files belong")} to no "
                + $"picture, first '{withoutPicture[0]}'";
        }

        if (_empty.Count > 0)
        {
            yield return $"{folder}: {_empty.Count} {(_empty.Count == 1 ? "picture has" : "pictures have")} empty masks, first {_empty[0]}; nothing of any "
                + "class is taken to be in the picture";
        }

        if (_unturned.Count > 0)
        {
            yield return $"{folder}: {_unturned.Count} {(_unturned.Count == 1 ? "picture is" : "pictures are")} turned upright by EXIF data and the mask is "
                + $"not, first {_unturned[0]}; the mask is taken for one of the upright picture";
        }
    }

    private static readonly (MaskFault Fault, string What)[] s_words =
    [
        (MaskFault.Missing, "without a mask, or with several"),
        (MaskFault.Unreadable, "with a mask that cannot be read"),
        (MaskFault.Size, "with a mask of another size"),
        (MaskFault.Values, "with a mask of unknown values"),
    ];
}
