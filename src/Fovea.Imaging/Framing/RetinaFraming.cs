using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Framing;

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
