using Fovea.Imaging.Grids;
using NetVips;

namespace Fovea.Imaging.Decoding;

/// <summary>JPEG, PNG, TIFF and WebP through libvips, streamed: the full picture is never in memory when it is shrunk.</summary>
internal sealed class VipsSource : ImageSource
{
    private readonly byte[] _bytes;
    private readonly ImageFormat _format;
    private readonly Enums.FailOn _failOn;
    private readonly Image _fullSize;

    public VipsSource(byte[] bytes, ImageFormat format, Enums.FailOn failOn)
    {
        VipsRuntime.Initialize();
        (_bytes, _format, _failOn) = (bytes, format, failOn);
        _fullSize = Load(1);
        (Width, Height) = (_fullSize.Width, _fullSize.Height);
        var orientation = _fullSize.GetTypeOf("orientation") != IntPtr.Zero ? Convert.ToInt32(_fullSize.Get("orientation")) : 1;
        Pages = _fullSize.GetTypeOf("n-pages") != IntPtr.Zero ? Convert.ToInt32(_fullSize.Get("n-pages")) : 1;
        Orientation = orientation is >= 1 and <= 8 ? orientation : 1;
    }

    public override int Width { get; }

    public override int Height { get; }

    public override int Orientation { get; }

    public override int Pages { get; }

    public override bool IsDeep => _fullSize.Format is not (Enums.BandFormat.Uchar or Enums.BandFormat.Char);

    public override (RgbImage Image, int Shrink, string? Range) Decode(int shrink)
    {
        if (_fullSize.Bands > 4 && _fullSize.Interpretation != Enums.Interpretation.Cmyk)
            throw new ImageReadException($"{_fullSize.Bands} channels; pictures of 1 to 4 are read");
        var onLoad = _format == ImageFormat.Jpeg ? shrink switch { >= 8 => 8, >= 4 => 4, >= 2 => 2, _ => 1 } : 1;
        var after = shrink / onLoad;
        using var loaded = onLoad > 1 ? Load(onLoad) : _fullSize.Copy();
        var samples = new DeepSamples(loaded);
        using var ranged = samples.IsCandidate ? samples.Apply(() => Load(onLoad)) : loaded.Copy();
        using var opaque = ranged.HasAlpha() ? ranged.Flatten(background: [0]) : ranged.Copy();
        after = Math.Clamp(after, 1, Math.Max(1, Math.Min(opaque.Width, opaque.Height)));
        using var small = after > 1 ? opaque.Shrink(after, after) : opaque.Copy();
        using var srgb = ToSrgb(small);
        var bytes = srgb.WriteToMemory<byte>();
        return (new RgbImage(srgb.Width, srgb.Height, srgb.Bands == 1 ? Spread(bytes) : bytes), onLoad * after, samples.Remark);
    }

    public override void Dispose()
    {
        _fullSize.Dispose();
        base.Dispose();
    }

    private Image Load(int shrink) => _format switch
    {
        ImageFormat.Jpeg => Image.JpegloadBuffer(_bytes, shrink: shrink, access: Enums.Access.Sequential, failOn: _failOn),
        ImageFormat.Png => Image.PngloadBuffer(_bytes, access: Enums.Access.Sequential, failOn: _failOn),
        ImageFormat.Tiff => Image.TiffloadBuffer(_bytes, access: Enums.Access.Sequential, failOn: _failOn),
        ImageFormat.Gif => Image.GifloadBuffer(_bytes, access: Enums.Access.Sequential, failOn: _failOn),
        ImageFormat.WebP => Image.WebploadBuffer(_bytes, access: Enums.Access.Sequential, failOn: _failOn),
        _ => throw new ArgumentOutOfRangeException(nameof(shrink), _format, "not a format that libvips reads here"),
    };

    private static Image ToSrgb(Image image)
    {
        // Ink has no black as deep as a screen's: without compensation the surround of a retina comes out grey.
        var ink = image.Interpretation == Enums.Interpretation.Cmyk;
        if (ink || image.GetTypeOf("icc-profile-data") != IntPtr.Zero)
        {
            try
            {
                using var managed = image.IccTransform(
                    "srgb", embedded: true, inputProfile: ink ? "cmyk" : null, intent: Enums.Intent.Relative, blackPointCompensation: ink, depth: 8);
                return managed.Cast(Enums.BandFormat.Uchar);
            }
            catch (VipsException)
            {
                // A broken profile, or one for other channels than the picture has: the picture is read as if it had none.
            }
        }

        using var plain = image.Colourspace(Enums.Interpretation.Srgb);
        using var bytes = plain.Cast(Enums.BandFormat.Uchar);
        return bytes.Bands > 3 ? bytes.ExtractBand(0, 3) : bytes.Copy();
    }

    private static byte[] Spread(byte[] grey)
    {
        var rgb = new byte[grey.Length * 3];
        for (var i = 0; i < grey.Length; i++) rgb.AsSpan(i * 3, 3).Fill(grey[i]);
        return rgb;
    }
}
