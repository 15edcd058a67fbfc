using Fovea.Core.Errors;
using NetVips;

namespace Fovea.Imaging.Decoding;

/// <summary>The process-wide settings of libvips.</summary>
internal static class VipsRuntime
{
    private static readonly Lazy<bool> s_initialized = new(Configure);

    /// <summary>
    /// Sets libvips once: no operation cache (each file is decoded once; the cache would grow with the number of files) and
    /// one thread an image (the files are the parallel axis).
    /// </summary>
    public static void Initialize() => _ = s_initialized.Value;

    private static bool Configure()
    {
        if (!ModuleInitializer.VipsInitialized)
            throw new InputException($"libvips: the native library does not load ({ModuleInitializer.Exception?.InnerException?.Message ?? ModuleInitializer.Exception?.Message}); install the NetVips.Native package for this platform");
        // Damaged files are reported by exceptions; what libvips writes to the terminal beside them would tear a progress bar.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
        NetVips.Cache.Max = 0;
        NetVips.Cache.MaxMem = 0;
        NetVips.Cache.MaxFiles = 0;
        NetVips.NetVips.Concurrency = 1;
        return true;
    }
}
