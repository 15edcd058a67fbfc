using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Cli;

public sealed class OtherLibtorchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A program without a libtorch of its own can only have loaded the other one.</summary>
    [Fact]
    public void Run_ProgramWithoutLibtorch_LoadsTheOther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "another libtorch can be used on Linux only");
        var own = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"));
        FoveaProcess.Link(own, _folder.File("libtorch/lib"), file => !file.Contains("TorchSharp", StringComparison.Ordinal));
        File.WriteAllText(_folder.File("libtorch/build-version"), OtherLibtorch.Version + "+cpu\n");
        var result = FoveaProcess.RunWithoutLibtorch(_folder.File("program"), "doctor", "--quick", "--libtorch", _folder.File("libtorch"));
        result.AssertSuccess();
        Assert.Equal("", result.Error);
        Assert.Matches($@"libtorch +{OtherLibtorch.Version} ", result.Output);
    }

    [Theory]
    [InlineData("libtorch", "lib", "build-version", "2.10.0+cu128\n")]
    [InlineData("libtorch/lib", "", "../build-version", "2.10.0")]
    [InlineData("torch", "lib", "version.py", "from typing import Optional\n__version__ = '2.10.0+cu130'\ndebug = False\n")]
    [InlineData("site-packages", "torch/lib", "torch/version.py", "__version__ = \"2.10.0\"\n")]
    public void Find_LibtorchOrPyTorch_IsTheFolderOfLibraries(string given, string libraries, string version, string said)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "another libtorch can be used on Linux only");
        Make(given, libraries, version, said);
        Assert.Equal(Path.TrimEndingDirectorySeparator(_folder.File(Path.Combine(given, libraries))), OtherLibtorch.Find(_folder.File(given)));
    }

    [Theory]
    [InlineData("build-version", "2.9.1+cu128", "its version is 2.9.1+cu128; needed: 2.10.0")]
    [InlineData("build-version", "2.10.1", "its version is 2.10.1; needed: 2.10.0")]
    [InlineData("version.py", "debug = True", "its version is unknown (no build-version or version.py); needed: 2.10.0")]
    [InlineData("readme", "2.10.0", "its version is unknown (no build-version or version.py); needed: 2.10.0")]
    public void Find_OtherVersion_NamesBoth(string file, string said, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "another libtorch can be used on Linux only");
        Make("given", "lib", file, said);
        var message = Assert.Throws<InputException>(() => OtherLibtorch.Find(_folder.File("given"))).Message;
        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Run_NoLibtorchThere_IsOneLine() =>
        FoveaProcess.Run("doctor", "--quick", "--libtorch", _folder.Path).AssertBadInput("--libtorch", "no libtorch_cpu.so there", OtherLibtorch.Version);

    /// <summary>The library is a text: what the system says of it is told.</summary>
    [Fact]
    public void Run_LibraryThatCannotBeLoaded_IsOneLine()
    {
        Make("given", "lib", "build-version", OtherLibtorch.Version);
        FoveaProcess.RunScript("FOVEA_LIBTORCH=\"$1\" exec \"$0\" doctor --quick", _folder.File("given")).AssertBadInput("libtorch_cpu.so cannot be loaded");
    }

    /// <summary>Functions of another version are elsewhere: whoever raises the package's version raises this one.</summary>
    [Fact]
    public void Version_IsThatOfThePackage()
    {
        var file = Directory.GetFiles(AppContext.BaseDirectory, "*.deps.json").First();
        Assert.Contains($"\"libtorch-cpu-linux-x64/{OtherLibtorch.Version}\"", File.ReadAllText(file), StringComparison.Ordinal);
    }

    private void Make(string given, string libraries, string file, string said)
    {
        var folder = Path.Combine(_folder.File(given), libraries);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "libtorch_cpu.so"), "no library at all");
        File.WriteAllText(Path.Combine(_folder.File(given), file), said);
    }
}
