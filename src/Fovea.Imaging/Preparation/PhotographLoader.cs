using System.Security.Cryptography;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>From a photograph's bytes to the cropped image.</summary>
internal sealed class PhotographLoader(int size, long maxPixels, bool anyPicture = false)
{
    private const long MaxFileBytes = 1L << 30;
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
        if (anyPicture) return Image(bytes, decoded, Whole(decoded.Image));
        if (FundusCheck.RejectSize(decoded.SourceWidth, decoded.SourceHeight) is { } badSize) return new LoadedImage { Rejection = badSize };
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
    private static FieldOfView Whole(RgbImage image)
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
            IsDeep = decoded.IsScaled,
            Range = decoded.Range,
        };
    }
}
