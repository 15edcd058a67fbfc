using Fovea.Core.Errors;
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
        if (_fullSize.Bands > 4 && _fullSize.Interpretation != Enums.Interpretation.Cmyk) throw new ImageReadException($"{_fullSize.Bands} channels; pictures of 1 to 4 are read");
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
                using var managed = image.IccTransform("srgb", embedded: true, inputProfile: ink ? "cmyk" : null, intent: Enums.Intent.Relative, blackPointCompensation: ink, depth: 8);
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

/// <summary>The process-wide settings of libvips, and what it says while it decodes.</summary>
internal static class VipsRuntime
{
    /// <summary>libvips' note, when a JPEG decoder is let go, that it met damage and went on.</summary>
    private const string DecoderWarned = "read gave";

    private static readonly Lazy<bool> s_initialized = new(Configure);

    /// <summary>The text of libvips' errors is one buffer for all threads: who needs the text works alone.</summary>
    private static readonly ReaderWriterLockSlim s_errorBuffer = new();

    [ThreadStatic]
    private static bool t_warned;

    /// <summary>
    /// Sets libvips once: no operation cache (each file is decoded once; the cache would grow with the number of files) and
    /// one thread an image (the files are the parallel axis).
    /// </summary>
    public static void Initialize() => _ = s_initialized.Value;

    /// <summary>Runs <paramref name="work"/> beside others; false when libvips failed, or warned that a decoder had to repair something.</summary>
    public static bool TryShared(Action work)
    {
        Initialize();
        s_errorBuffer.EnterReadLock();
        t_warned = false;
        try
        {
            work();
            return !t_warned;
        }
        catch (VipsException)
        {
            return false;
        }
        finally
        {
            s_errorBuffer.ExitReadLock();
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> while no other decoder works. <paramref name="said"/> receives the lines of libvips'
    /// warnings; they and the text of an exception are of this work alone.
    /// </summary>
    public static T Alone<T>(List<string> said, Func<T> work)
    {
        s_errorBuffer.EnterWriteLock();
        try
        {
            // Making the exception empties the buffer of what others left in it.
            _ = new VipsException("");
            Log.LogDelegate hear = (_, _, message) =>
            {
                lock (said) said.AddRange(message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            };
            var handler = Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, hear);
            try
            {
                return work();
            }
            finally
            {
                Log.RemoveLogHandler("VIPS", handler);
                GC.KeepAlive(hear);
            }
        }
        finally
        {
            s_errorBuffer.ExitWriteLock();
        }
    }

    private static bool Configure()
    {
        if (!ModuleInitializer.VipsInitialized)
            throw new InputException($"libvips: the native library does not load ({ModuleInitializer.Exception?.InnerException?.Message ?? ModuleInitializer.Exception?.Message}); install the NetVips.Native package for this platform");
        // Damaged files are reported by exceptions; what libvips writes to the terminal beside them would tear a progress bar.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, message) => t_warned |= message.Contains(DecoderWarned, StringComparison.Ordinal));
        NetVips.Cache.Max = 0;
        NetVips.Cache.MaxMem = 0;
        NetVips.Cache.MaxFiles = 0;
        NetVips.NetVips.Concurrency = 1;
        return true;
    }
}
