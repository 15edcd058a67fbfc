using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Fovea.Tests.Torch.Runtime;

/// <summary>The build step that lets TorchSharp load on Linux with an older libstdc++.</summary>
public class LibraryLoadingTest
{
    private const string InPackage = "runtimes/linux-x64/native/libLibTorchSharp.so";

    [Fact]
    public void Output_Library_DiffersFromThePackageByOneFlagAtMost()
    {
        var original = Original(out _);
        var output = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, InPackage));
        Assert.Equal(original.Length, output.Length);
        var changed = Enumerable.Range(0, output.Length).Where(i => output[i] != original[i]).ToArray();
        Assert.InRange(changed.Length, 0, 1);
        // VER_FLG_WEAK, where it was 0: "GLIBCXX_3.4.32" is wanted and not needed.
        if (changed.Length == 1) Assert.Equal((0, 2), (original[changed[0]], output[changed[0]]));
    }

    // The output may be made of hard links into the package cache: writing through one would change every other project.
    [Fact]
    public void PackageCache_Library_IsAsItWasPacked()
    {
        var original = Original(out var cached);
        Assert.True(original.AsSpan().SequenceEqual(File.ReadAllBytes(cached)));
    }

    [Fact]
    public void Output_Library_Loads()
    {
        Original(out _);
        Assert.Equal(6f, TorchSharp.torch.ones(2, 3).sum().item<float>());
    }

    private static byte[] Original(out string cached)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "the build step is for Linux on x64");
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3);
        var folder = Path.Combine(packages, "torchsharp", version);
        var package = Path.Combine(folder, $"torchsharp.{version}.nupkg");
        Assert.SkipUnless(File.Exists(package), "the package cache does not hold the packed TorchSharp");
        cached = Path.Combine(folder, InPackage);
        using var archive = ZipFile.OpenRead(package);
        using var entry = archive.GetEntry(InPackage)!.Open();
        var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
