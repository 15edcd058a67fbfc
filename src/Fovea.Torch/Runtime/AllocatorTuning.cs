using System.Runtime.InteropServices;

namespace Fovea.Torch.Runtime;

/// <summary>
/// Lets glibc keep freed memory. By default it returns large blocks to the system after every tensor operation, and the next
/// operation pays for fresh pages. The price is that the process keeps its peak memory until it ends.
/// </summary>
internal static partial class AllocatorTuning
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    // A value of −1 switches the trimming off (mallopt(3)).
    private const int Never = -1;
    private const int Growth = 256 << 20;

    /// <summary>Applies the tuning on Linux with glibc; does nothing elsewhere. Returns whether it was applied.</summary>
    internal static bool Apply()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return SetOption(MmapMax, 0) == 1 & SetOption(TrimThreshold, Never) == 1 & SetOption(TopPad, Growth) == 1;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    // The full name: libc.so is a linker script where development files are installed, and musl has no such library.
    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
