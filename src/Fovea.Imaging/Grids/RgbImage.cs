using Fovea.Core.Errors;
using Fovea.Core.Files;
using NetVips;

namespace Fovea.Imaging.Grids;

/// <summary>An sRGB picture of 8 bits a channel.</summary>
public sealed class RgbImage
{
    /// <summary>Wraps pixels [height, width, 3], row by row from the top. Throws when their number does not match the size.</summary>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != (long)width * height * 3)
            throw new ArgumentException($"{pixels.Length} bytes for {width}×{height} pixels of 3 channels", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Pixels [height, width, 3] in the order red, green, blue.</summary>
    public byte[] Pixels { get; }
}

/// <summary>Writes PNG files.</summary>
public static class PngFile
{
    /// <summary>
    /// Writes <paramref name="rgb"/>, bytes [height, width, 3] in sRGB, aside and moves the file into place. Nothing but the
    /// pixels is written: no metadata.
    /// </summary>
    public static void Write(string path, byte[] rgb, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, checked(width * height * 3), nameof(rgb));
        var bytes = Encode(new RgbImage(width, height, rgb));
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>A picture as the bytes of a PNG file, without metadata.</summary>
    public static byte[] Encode(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        VipsRuntime.Initialize();
        using var pixels = Image.NewFromMemory(image.Pixels, image.Width, image.Height, 3, Enums.BandFormat.Uchar);
        using var srgb = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        return srgb.PngsaveBuffer(keep: Enums.ForeignKeep.None);
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
        {
            throw new InputException(
                $"libvips: the native library does not load ({ModuleInitializer.Exception?.InnerException?.Message ?? ModuleInitializer.Exception?.Message}); "
                    + "install the NetVips.Native package for this platform");
        }
        // Damaged files are reported by exceptions; what libvips writes to the terminal beside them would tear a progress bar.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, message) => t_warned |= message.Contains(DecoderWarned, StringComparison.Ordinal));
        NetVips.Cache.Max = 0;
        NetVips.Cache.MaxMem = 0;
        NetVips.Cache.MaxFiles = 0;
        NetVips.NetVips.Concurrency = 1;
        return true;
    }
}
