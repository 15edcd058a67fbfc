using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Framing;

/// <summary>How the square that becomes an image is taken out of a picture.</summary>
public enum FramingKind
{
    /// <summary>The square around the camera's round field of view in a fundus photograph, black outside of it.</summary>
    Retina,

    /// <summary>The square around the largest object on a plain background, filled up with that background.</summary>
    LargestObject,

    /// <summary>The square around the whole picture, black beside its shorter side.</summary>
    Whole,
}

/// <summary>The framings by the name that options and dataset.json have for them: a new one is a class and a line here.</summary>
public static class Framings
{
    private static readonly (FramingKind Kind, string Name, IPictureFraming Framing)[] s_all =
    [
        (FramingKind.Retina, "retina", new RetinaFraming()),
        (FramingKind.LargestObject, "object", new ObjectFraming()),
        (FramingKind.Whole, "whole", new WholeFraming()),
    ];

    /// <summary>The framings by name; case does not matter.</summary>
    public static IReadOnlyDictionary<string, FramingKind> ByName { get; } =
        s_all.ToDictionary(entry => entry.Name, entry => entry.Kind, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of a framing.</summary>
    public static string ToName(this FramingKind kind) => Entry(kind).Name;

    internal static IPictureFraming Get(FramingKind kind) => Entry(kind).Framing;

    private static (FramingKind Kind, string Name, IPictureFraming Framing) Entry(FramingKind kind) => Array.Find(s_all, entry => entry.Kind == kind);
}

/// <summary>Finds the square of a picture. Safe for concurrent use.</summary>
internal interface IPictureFraming
{
    /// <summary>Why a picture is refused before anything is looked for in it, in one line; null when it is not.</summary>
    /// <param name="picture">The picture, perhaps made smaller.</param>
    /// <param name="decode">Decodes the same picture again, made smaller by a whole factor.</param>
    string? Refuse(DecodedImage picture, Func<int, DecodedImage> decode);

    /// <summary>Finds the square.</summary>
    PictureFrame Find(RgbImage picture);
}

/// <summary>The square that becomes an image, or why there is none.</summary>
/// <param name="Side">The square's side, pixels of the picture in which it was found.</param>
/// <param name="Cut">Cuts the square out of a picture of the same size, as bytes [size, size, 3] for a size; null where nothing was found.</param>
/// <param name="Rejection">Why the picture is refused, in one line; null when it is not.</param>
internal sealed record PictureFrame(double Side, Func<RgbImage, int, byte[]>? Cut, string? Rejection = null)
{
    /// <summary>The disc that manifests of fundus photographs have, in the picture's pixels; null where there is none.</summary>
    public RetinaDisc? Disc { get; init; }

    /// <summary>A picture in which nothing was found.</summary>
    public static PictureFrame None(string rejection) => new(0, null, rejection);
}

/// <summary>What is too small or too long for any framing but that of the retina, which is stricter.</summary>
internal static class PictureShape
{
    private const int LeastSide = 8;
    private const int MostAspect = 16;

    public static string? Reject(int width, int height)
    {
        var (shorter, longer) = (Math.Min(width, height), Math.Max(width, height));
        return shorter < LeastSide || longer > (long)MostAspect * shorter
            ? $"{width}×{height} pixels; at least {LeastSide} a side and no side over {MostAspect} times the other are needed"
            : null;
    }
}

/// <summary>The whole picture. Nothing is cut off: what the shorter side lacks is black.</summary>
internal sealed class WholeFraming : IPictureFraming
{
    public string? Refuse(DecodedImage picture, Func<int, DecodedImage> decode) => PictureShape.Reject(picture.SourceWidth, picture.SourceHeight);

    public PictureFrame Find(RgbImage picture)
    {
        var (x, y, side) = (picture.Width / 2.0, picture.Height / 2.0, Math.Max(picture.Width, picture.Height));
        return new PictureFrame(side, (whole, size) => AreaResampler.Resize(whole, x - side / 2.0, y - side / 2.0, side, size))
        {
            Disc = new RetinaDisc(DiscKind.Other, x, y, side / 2.0),
        };
    }
}

/// <summary>The disc of a fundus photograph; what is no such photograph is refused.</summary>
internal sealed class RetinaFraming : IPictureFraming
{
    private const double MostPixelsInFull = 50_000_000;

    public string? Refuse(DecodedImage picture, Func<int, DecodedImage> decode) =>
        FundusCheck.RejectSize(picture.SourceWidth, picture.SourceHeight) ?? RejectDrawing(picture, decode);

    public PictureFrame Find(RgbImage picture)
    {
        var field = DiscFinder.Find(picture);
        return new PictureFrame(
            2 * field.Disc.Radius,
            (whole, size) => RetinaCropper.Crop(whole, field, size),
            FundusCheck.Reject(picture, field))
        {
            Disc = field.Disc,
        };
    }

    /// <summary>Thin lines blur when a picture is made smaller, so one that may be a drawing is looked at in full.</summary>
    private static string? RejectDrawing(DecodedImage picture, Func<int, DecodedImage> decode)
    {
        if (!FewValues.MayShow(picture.Image)) return null;
        if (picture.Shrink == 1) return FewValues.Reject(picture.Image);
        var pixels = (double)picture.SourceWidth * picture.SourceHeight;
        return FewValues.Reject(decode((int)Math.Ceiling(Math.Sqrt(pixels / MostPixelsInFull))).Image);
    }
}
