using System.Runtime.InteropServices;

namespace Fovea.Torch.Runtime;

/// <summary>
/// Keeps libtorch's own warnings off standard error, where they would stand between a user and the one line that matters: on some
/// processors each start says that NNPACK, which nothing here needs, is missing. A level that the user has set stays.
/// </summary>
internal static partial class NativeLog
{
    /// <summary>Applies on Linux with glibc, before the library is loaded: it reads the variable then. Does nothing elsewhere.</summary>
    internal static void Quieten()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            // The C library's own environment: .NET's setter does not reach it.
            _ = SetEnvironment("TORCH_CPP_LOG_LEVEL", "ERROR", 0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: the warnings stay.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
