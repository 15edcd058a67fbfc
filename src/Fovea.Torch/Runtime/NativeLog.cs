using System.Runtime.InteropServices;

namespace Fovea.Torch.Runtime;

/// <summary>
/// Keeps the tensor library's own warnings off the terminal: on processors without NNPACK it writes the same line for every thread. Its errors
/// still come as exceptions. A level that the user has set stays.
/// </summary>
internal static partial class NativeLog
{
    private const string Level = "TORCH_CPP_LOG_LEVEL";

    /// <summary>To be called before the library is loaded. Does nothing where there is no such C library.</summary>
    internal static void Quieten()
    {
        if (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable(Level) is not null) return;
        try
        {
            // .NET keeps a copy of the environment, which native code does not see.
            _ = SetVariable(Level, "ERROR", 0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Warnings are told, and nothing else is lost.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
