using NetVips;

namespace Fovea.Cli.Terminal;

/// <summary>
/// libvips prints warnings about damaged files on standard error by itself; what is wrong with a file is in the report anyway.
/// </summary>
internal static class DecoderWarnings
{
    internal static void Silence()
    {
        // Where the library does not load, the preparation says so.
        if (ModuleInitializer.VipsInitialized) Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Ignore);
    }

    private static void Ignore(string domain, Enums.LogLevelFlags flags, string message)
    {
    }
}
