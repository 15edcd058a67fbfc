using System.Security.Cryptography;
using Fovea.Core.Errors;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>From a picture's bytes to the framed image.</summary>
/// <param name="size">Side of the images in pixels.</param>
/// <param name="maxPixels">Pictures with more pixels in their header are refused before they are decoded.</param>
/// <param name="framing">Finds the square.</param>
/// <param name="isFundus">Whether the pictures are fundus photographs, which have a disc.</param>
/// <param name="masks">Cuts the pictures' masks; null where they have none.</param>
internal sealed class PhotographLoader(int size, long maxPixels, IPictureFraming framing, bool isFundus, MaskCutter? masks = null)
{
    private const long MaxFileBytes = 1L << 30;

    /// <summary>Loads a file; its name is how its masks are found.</summary>
    public LoadedImage Load(string path, string file = "")
    {
        byte[] bytes;
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaxFileBytes) return new LoadedImage { Rejection = $"{length} bytes, files up to {MaxFileBytes} are read" };
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new LoadedImage { Rejection = $"cannot be read ({e.Message})" };
        }

        try
        {
            return Load(bytes, file);
        }
        catch (ImageReadException e)
        {
            return new LoadedImage { Rejection = e.Message };
        }
    }

    /// <summary>
    /// A mask of a picture, cut out of its file as the picture is out of its own, and what the framing leaves visible of any picture; both [size, size, 3].
    /// </summary>
    /// <exception cref="ImageReadException">One of them is no picture, nothing is found in the picture, or they differ in size.</exception>
    public (byte[] Mask, byte[] Visible) LoadMask(byte[] mask, byte[] picture)
    {
        var (decoded, frame) = Find(picture);
        if (frame.Rejection is { } rejection) throw new ImageReadException(rejection);
        // At full size and then as the picture is shrunk: by itself each format goes down to a factor of its own, and the square would be another one.
        var cut = ImageDecoder.DecodeShrunk(mask, 1, maxPixels);
        if ((cut.SourceWidth, cut.SourceHeight) != (decoded.SourceWidth, decoded.SourceHeight))
        {
            throw new ImageReadException(
                $"{cut.SourceWidth}×{cut.SourceHeight} pixels, and the picture {decoded.SourceWidth}×{decoded.SourceHeight}; both must be equal");
        }

        var shrunk = BoxFilter.Shrink(cut.Image, decoded.Shrink);
        var white = new byte[shrunk.Pixels.Length];
        Array.Fill(white, byte.MaxValue);
        return (frame.Cut!(shrunk, size), frame.Cut(new RgbImage(shrunk.Width, shrunk.Height, white), size));
    }

    private LoadedImage Load(byte[] bytes, string file)
    {
        var (decoded, frame) = Find(bytes);
        if (frame.Rejection is { } rejection) return new LoadedImage { Rejection = rejection };
        var image = LoadedImage.Framed(decoded.Image, frame, size, isFundus ? frame.Disc?.Scale(decoded.Shrink) : null, bytes);
        return image with
        {
            Width = decoded.SourceWidth,
            Height = decoded.SourceHeight,
            Repair = decoded.Repair,
            Pages = decoded.Pages,
            IsDeep = decoded.IsScaled,
            Range = decoded.Range,
            Masks = masks?.Cut(file, decoded, frame),
        };
    }

    private (DecodedImage Picture, PictureFrame Frame) Find(byte[] bytes)
    {
        // Twice the output's resolution is enough for the final, antialiased reduction.
        var decoded = ImageDecoder.Decode(bytes, 2 * size, maxPixels);
        if (framing.Refuse(decoded, shrink => ImageDecoder.DecodeShrunk(bytes, shrink, maxPixels)) is { } reason) return (decoded, PictureFrame.None(reason));
        var frame = framing.Find(decoded.Image);
        if (frame.Rejection is not null) return (decoded, frame);
        var side = frame.Side * decoded.Shrink;
        if (decoded.Shrink > 1 && side / decoded.Shrink < 1.5 * size)
        {
            // The square fills little of the picture: once more with finer pixels.
            var finer = ImageDecoder.DecodeShrunk(bytes, Math.Max(1, (int)(side / (2 * size))), maxPixels);
            if (framing.Find(finer.Image) is { Cut: not null } again) (decoded, frame) = (finer, again);
        }

        return (decoded, frame);
    }
}

/// <summary>A picture cropped and resized, or the reason why there is none.</summary>
internal sealed record LoadedImage
{
    /// <summary>Bytes [size, size, 3]; empty when rejected.</summary>
    public byte[] Pixels { get; init; } = [];

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>The disc of a fundus photograph in the source's pixels; null for other pictures.</summary>
    public RetinaDisc? Disc { get; init; }

    /// <summary>SHA-256 of the source's bytes.</summary>
    public string SourceHash { get; init; } = "";

    /// <summary>SHA-256 of <see cref="Pixels"/>.</summary>
    public string PixelHash { get; init; } = "";

    public PerceptualHash Perceptual { get; init; }

    /// <summary>The hash to compare with each of the datasets that this one is kept apart from, in their order.</summary>
    public IReadOnlyList<PerceptualHash> Apart { get; init; } = [];

    /// <inheritdoc cref="Decoding.DecodedImage.Repair"/>
    public string? Repair { get; init; }

    /// <inheritdoc cref="Decoding.DecodedImage.Pages"/>
    public int Pages { get; init; } = 1;

    /// <inheritdoc cref="Decoding.DecodedImage.IsScaled"/>
    public bool IsDeep { get; init; }

    /// <inheritdoc cref="Decoding.DecodedImage.Range"/>
    public string? Range { get; init; }

    /// <summary>The masks; null where none were asked for.</summary>
    public CutMasks? Masks { get; init; }

    /// <summary>Why there is no image; null when there is.</summary>
    public string? Rejection { get; init; }

    /// <summary>The square that was found, resized and hashed.</summary>
    public static LoadedImage Framed(RgbImage picture, PictureFrame frame, int size, RetinaDisc? disc, byte[] source)
    {
        var pixels = frame.Cut!(picture, size);
        return new LoadedImage
        {
            Pixels = pixels,
            Disc = disc,
            SourceHash = Convert.ToHexStringLower(SHA256.HashData(source)),
            PixelHash = Convert.ToHexStringLower(SHA256.HashData(pixels)),
            Perceptual = PerceptualHash.Compute(pixels, size),
        };
    }
}

/// <summary>
/// Reads single pictures the way datasets are made: upright, sRGB, 8 bit, framed and resized with antialiasing. Photographs and generated
/// images go through it alike, so that a judge sees both in one form.
/// </summary>
/// <param name="size">Side of the results in pixels.</param>
/// <param name="framing">How the square is found; that of fundus photographs unless another is given.</param>
public sealed class FramedPictureReader(int size, FramingKind framing = FramingKind.Retina)
{
    private const int White = 128;
    private readonly PhotographLoader _loader = new(size, ImageDecoder.DefaultMaxPixels, Framings.Get(framing), framing == FramingKind.Retina);

    /// <summary>The pixels [size, size, 3] in sRGB, or null with the reason why the file gives none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why there is no result; null when there is one.</param>
    public byte[]? Read(string path, out string? reason)
    {
        var picture = Read(path);
        reason = picture.Reason;
        return picture.Pixels;
    }

    /// <summary>The same, with what is known of the source.</summary>
    public FramedPicture Read(string path)
    {
        var loaded = _loader.Load(path);
        return new(loaded.Rejection is null ? loaded.Pixels : null, loaded.Rejection, Math.Min(loaded.Width, loaded.Height), loaded.Repair);
    }

    /// <summary>
    /// [size · size]: where a mask of a picture is white (at least half of 255 in its first channel), once it is cut and resized as the picture is. What the
    /// framing
    /// makes black in any picture, as the surround of a retina, counts as white: it does not change.
    /// </summary>
    /// <param name="mask">The mask's file, of as many pixels as the picture.</param>
    /// <param name="picture">The picture's file, which <see cref="Read(string)"/> reads.</param>
    /// <exception cref="InputException">The mask is no picture, of another size, or of one colour all over.</exception>
    public bool[] ReadMask(string mask, string picture)
    {
        try
        {
            var (cut, visible) = _loader.LoadMask(File.ReadAllBytes(mask), File.ReadAllBytes(picture));
            bool[] inside = [.. visible.Chunk(3).Select(pixel => pixel[0] >= White)];
            bool[] stays = [.. cut.Chunk(3).Select((pixel, i) => pixel[0] >= White || !inside[i])];
            if (stays.All(stay => stay)) throw new ImageReadException("white all over, nothing is left to fill in; black marks what is");
            if (!stays.Where((_, i) => inside[i]).Contains(true)) throw new ImageReadException("black all over, nothing is kept; white marks what stays");
            return stays;
        }
        catch (Exception e) when (e is ImageReadException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{mask}: {e.Message}", e);
        }
    }
}

/// <summary>A picture as datasets hold it, and its source.</summary>
/// <param name="Pixels">[size, size, 3] in sRGB; null where the file gives none.</param>
/// <param name="Reason">Why there are none; null when there are.</param>
/// <param name="ShorterSide">The shorter side of the upright source, pixels; 0 where it gives no image.</param>
/// <param name="Repair">What was damaged, where the decoder made up a part of it; null for a sound file.</param>
public readonly record struct FramedPicture(byte[]? Pixels, string? Reason, int ShorterSide, string? Repair);
