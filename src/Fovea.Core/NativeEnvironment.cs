using System.Runtime.InteropServices;

namespace Fovea.Core;

/// <summary>Settings of native libraries that they read from the environment when they are loaded. .NET keeps an environment of its own, which they do not
/// see on Linux.</summary>
public static partial class NativeEnvironment
{
    /// <summary>Sets a variable for libraries that are loaded later, unless the user has set it.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    public static void SetUnlessSet(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null) return;
        Environment.SetEnvironmentVariable(name, value);
        try
        {
            if (OperatingSystem.IsLinux()) _ = OfGlibc(name, value, overwrite: 0);
            else if (OperatingSystem.IsMacOS()) _ = OfMacOS(name, value, overwrite: 0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: its own default stays.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OfGlibc(string name, string value, int overwrite);

    [LibraryImport("libSystem.dylib", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OfMacOS(string name, string value, int overwrite);
}
