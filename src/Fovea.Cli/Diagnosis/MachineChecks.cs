using System.Runtime.CompilerServices;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Torch.Runtime;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Fovea.Cli.Diagnosis;

/// <summary>A folder that the program writes into.</summary>
/// <param name="Use">What for.</param>
/// <param name="Path">Where, without what tells of its owner.</param>
/// <param name="IsWritable">Whether it is, or can be made.</param>
/// <param name="Free">Bytes free on its disk; null where the system does not say.</param>
/// <param name="Remedy">What else can be done where it is not.</param>
internal sealed record FolderFacts(string Use, string Path, bool IsWritable, long? Free, string Remedy)
{
    /// <summary>Looks at a folder, or, where there is none yet, at the nearest one that it would be made in. Leaves nothing behind.</summary>
    internal static FolderFacts Of(string use, string path, string remedy, PersonalText personal)
    {
        var nearest = System.IO.Path.GetFullPath(path);
        while (!System.IO.Path.Exists(nearest) && System.IO.Path.GetDirectoryName(nearest) is { } parent) nearest = parent;
        return new(
            use, personal.Shorten(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path))), IsFolderWritable(nearest), FreeBytes(nearest), remedy);
    }

    private static bool IsFolderWritable(string folder)
    {
        try
        {
            OutputFolder.Prepare(folder, force: true);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>A library that is not written in C#, which a machine may be unable to load.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Use">What it is needed for.</param>
/// <param name="Version">What it says of itself; null where it cannot be loaded.</param>
/// <param name="Failure">Why it cannot be loaded, one line; null where it can.</param>
internal sealed record LibraryFacts(string Name, string Use, string? Version, string? Failure)
{
    /// <summary>The tensor library with so many threads.</summary>
    internal static LibraryFacts Torch(int threads)
    {
        var wrapper = $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}";
        return Try("libtorch", "training, sampling and judging", () =>
        {
            TorchRuntime.Initialize(threads);
            return $"{string.Join('.', Loaded.Torch().Split('.').Take(3))} ({wrapper})";
        });
    }

    internal static LibraryFacts Vips() => Try("libvips", "reading photographs", Loaded.Vips);

    internal static LibraryFacts Onnx() => Try("ONNX Runtime", "your own networks in evaluate and grade", Loaded.Onnx);

    private static LibraryFacts Try(string name, string use, Func<string> load)
    {
        try
        {
            return new(name, use, load(), null);
        }
        catch (Exception e) when (e is InputException or TypeInitializationException or DllNotFoundException
            or EntryPointNotFoundException or BadImageFormatException or IOException or NotSupportedException)
        {
            return new(name, use, null, e is InputException ? e.Message : LoaderMessage.Cause(e));
        }
    }

    // Not inlined: a missing assembly would otherwise fail the caller's own compilation, outside the try.
    private static class Loaded
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        internal static string Torch() => torch.__version__;

        [MethodImpl(MethodImplOptions.NoInlining)]
        internal static string Vips() => $"{NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}";

        [MethodImpl(MethodImplOptions.NoInlining)]
        internal static string Onnx() => OrtEnv.Instance().GetVersionString();
    }
}
