using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Fovea.Tests.Torch.Runtime;

/// <summary>The copy of TorchSharp's native library that loads on Linux with an older libstdc++, and goes along with Fovea.Torch.</summary>
public class LibraryLoadingTests
{
    private const string Packed = "runtimes/linux-x64/native/libLibTorchSharp.so";

    // Beside libtorch in a build for all platforms, and in a build for one.
    [Theory]
    [InlineData("runtimes/linux-x64/native/LibTorchSharp.so")]
    [InlineData("LibTorchSharp.so")]
    public void Output_RelaxedLibrary_DiffersFromThePackageByOneFlag(string path)
    {
        var original = Original();
        var relaxed = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, path));
        Assert.Equal(original.Length, relaxed.Length);
        var changed = Assert.Single(Enumerable.Range(0, relaxed.Length), i => relaxed[i] != original[i]);
        // VER_FLG_WEAK, where it was 0: "GLIBCXX_3.4.32" is wanted and not needed.
        Assert.Equal((0, 2), (original[changed], relaxed[changed]));
    }

    // The output is made of hard links into the package cache: writing through one would change every other project.
    [Fact]
    public void PackageCache_Library_IsAsItWasPacked()
    {
        var original = Original();
        Assert.True(original.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(PackageFolder, Packed))));
        Assert.True(original.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Packed))));
    }

    [Fact]
    public void Library_Loads() => Assert.Equal(6f, TorchSharp.torch.ones(2, 3).sum().item<float>());

    private static string PackageFolder => Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        "torchsharp", typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3));

    private static byte[] Original()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "the copy is made on Linux on x64 only");
        var package = Path.Combine(PackageFolder, $"torchsharp.{Path.GetFileName(PackageFolder)}.nupkg");
        Assert.SkipUnless(File.Exists(package), "the package cache does not hold the packed TorchSharp");
        using var archive = ZipFile.OpenRead(package);
        using var entry = archive.GetEntry(Packed)!.Open();
        var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
