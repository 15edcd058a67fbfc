using System.Security.Cryptography;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>From a photograph's bytes to the cropped image.</summary>
internal sealed class PhotographLoader(int size, long maxPixels, bool anyPicture = false)
{
    private const long MaxFileBytes = 1L << 30;
    private const double MostPixelsInFull = 50_000_000;
    private const int LeastSide = 8;
    private const int MostAspect = 16;

    public LoadedImage Load(string path)
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
            return Load(bytes);
        }
        catch (ImageReadException e)
        {
            return new LoadedImage { Rejection = e.Message };
        }
    }

    private LoadedImage Load(byte[] bytes)
    {
        // Twice the output's resolution is enough for the final, antialiased reduction.
        var decoded = ImageDecoder.Decode(bytes, 2 * size, maxPixels);
        if (anyPicture && IsStrip(decoded)) return new LoadedImage { Rejection = $"{decoded.SourceWidth}×{decoded.SourceHeight} pixels; at least {LeastSide} a side and no side over {MostAspect} times the other are needed" };
        if (anyPicture) return Image(bytes, decoded, WholeNumber(decoded.Image));
        if (FundusCheck.RejectSize(decoded.SourceWidth, decoded.SourceHeight) is { } badSize) return new LoadedImage { Rejection = badSize };
        if (RejectDrawing(bytes, decoded) is { } drawing) return new LoadedImage { Rejection = drawing };
        var field = DiscFinder.Find(decoded.Image);
        if (FundusCheck.Reject(decoded.Image, field) is { } reason) return new LoadedImage { Rejection = reason };
        var diameter = 2 * field.Disc.Radius * decoded.Shrink;
        if (decoded.Shrink > 1 && diameter / decoded.Shrink < 1.5 * size)
        {
            // The disc fills little of the picture: once more with finer pixels.
            decoded = ImageDecoder.DecodeShrunk(bytes, Math.Max(1, (int)(diameter / (2 * size))), maxPixels);
            field = DiscFinder.Find(decoded.Image);
        }

        return Image(bytes, decoded, field);
    }

    private static bool IsStrip(DecodedImage picture)
    {
        var (shorter, longer) = (Math.Min(picture.SourceWidth, picture.SourceHeight), Math.Max(picture.SourceWidth, picture.SourceHeight));
        return shorter < LeastSide || longer > (long)MostAspect * shorter;
    }

    /// <summary>The square around the picture.</summary>
    private static FieldOfView WholeNumber(RgbImage image)
    {
        var (width, height) = (image.Width, image.Height);
        return new FieldOfView(new RetinaDisc(DiscKind.Other, width / 2.0, height / 2.0, Math.Max(width, height) / 2.0), 0, 0, width, height, DarkSurround: true, Support: 0, Coverage: 1);
    }

    private LoadedImage Image(byte[] bytes, DecodedImage decoded, FieldOfView field)
    {
        var pixels = RetinaCropper.Crop(decoded.Image, field, size);
        return new LoadedImage
        {
            Pixels = pixels,
            Width = decoded.SourceWidth,
            Height = decoded.SourceHeight,
            Disc = field.Scale(decoded.Shrink).Disc,
            SourceHash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            PixelHash = Convert.ToHexStringLower(SHA256.HashData(pixels)),
            Perceptual = PerceptualHash.Of(pixels, size),
            Repair = decoded.Repair,
            Pages = decoded.Pages,
            IsDeep = decoded.IsScaled,
            Range = decoded.Range,
        };
    }

    /// <summary>Thin lines blur when a picture is made smaller, so one that may be a drawing is looked at in full.</summary>
    private string? RejectDrawing(byte[] bytes, DecodedImage decoded)
    {
        if (!FewValues.MayShow(decoded.Image)) return null;
        if (decoded.Shrink == 1) return FewValues.Reject(decoded.Image);
        var pixels = (double)decoded.SourceWidth * decoded.SourceHeight;
        return FewValues.Reject(ImageDecoder.DecodeShrunk(bytes, (int)Math.Ceiling(Math.Sqrt(pixels / MostPixelsInFull)), maxPixels).Image);
    }
}

/// <summary>A picture cropped and resized, or the reason why there is none.</summary>
internal sealed record LoadedImage
{
    /// <summary>Bytes [size, size, 3]; empty when rejected.</summary>
    public byte[] Pixels { get; init; } = [];

    public int Width { get; init; }

    public int Height { get; init; }

    public RetinaDisc Disc { get; init; }

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

    /// <summary>Why there is no image; null when there is.</summary>
    public string? Rejection { get; init; }
}

/// <summary>
/// Reads single pictures the way datasets are made: upright, sRGB, 8 bit, the retina found, cropped and resized with antialiasing. Photographs and
/// generated images go through it alike, so that a judge sees both in one form.
/// </summary>
/// <param name="size">Side of the results in pixels.</param>
/// <param name="maxPixels">Pictures with more pixels in their header are refused before they are decoded.</param>
public sealed class FundusReader(int size, long maxPixels = Decoding.ImageDecoder.DefaultMaxPixels)
{
    private readonly PhotographLoader _loader = new(size, maxPixels);

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
    public FundusPicture Read(string path)
    {
        var loaded = _loader.Load(path);
        return new(loaded.Rejection is null ? loaded.Pixels : null, loaded.Rejection, Math.Min(loaded.Width, loaded.Height), loaded.Repair);
    }
}

/// <summary>A picture as datasets hold it, and its source.</summary>
/// <param name="Pixels">[size, size, 3] in sRGB; null where the file gives none.</param>
/// <param name="Reason">Why there are none; null when there are.</param>
/// <param name="ShorterSide">The shorter side of the upright source, pixels; 0 where it gives no image.</param>
/// <param name="Repair">What was damaged, where the decoder made up a part of it; null for a sound file.</param>
public readonly record struct FundusPicture(byte[]? Pixels, string? Reason, int ShorterSide, string? Repair);
