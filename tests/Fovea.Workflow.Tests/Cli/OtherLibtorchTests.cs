using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Tests.Torch;
using TorchSharp;

namespace Fovea.Tests.Cli;

[Collection(nameof(MemoryMeasurements))]
public sealed class OtherLibtorchTests : IDisposable
{
    private const string LinuxOnly = "another libtorch can be used on Linux only";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A program without a libtorch of its own can only have loaded the other one.</summary>
    [Fact]
    public void Run_ProgramWithoutLibtorch_LoadsTheOther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), LinuxOnly);
        var own = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"));
        FoveaProcess.Link(own, _folder.File("libtorch/lib"), file => !file.Contains("TorchSharp", StringComparison.Ordinal));
        File.WriteAllText(_folder.File("libtorch/build-version"), OtherLibtorch.Version + "+cpu\n");
        var result = FoveaProcess.RunWithoutLibtorch(_folder.File("program"), "doctor", "--quick", "--libtorch", _folder.File("libtorch"));
        result.AssertSuccess();
        Assert.Equal("", result.Error);
        Assert.Matches($@"libtorch +{OtherLibtorch.Version} ", result.Output);
    }

    [Theory]
    [InlineData("libtorch", "lib", "build-version", "2.10.0+cu128\n", "")]
    [InlineData("libtorch/lib", "", "../build-version", "2.10.0", "")]
    [InlineData("libtorch/lib", "", "../build-version", "2.10.0", "/")]
    [InlineData("torch", "lib", "version.py", "from typing import Optional\n__version__ = '2.10.0+cu130'\ndebug = False\n", "/")]
    [InlineData("site-packages", "torch/lib", "torch/version.py", "__version__ = \"2.10.0\"\n", "")]
    public void Find_LibtorchOrPyTorch_IsTheFolderOfLibraries(string given, string libraries, string version, string said, string end)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), LinuxOnly);
        Make(given, libraries, version, said);
        var expected = Path.TrimEndingDirectorySeparator(_folder.File(Path.Combine(given, libraries)));
        Assert.Equal(expected, new OtherLibtorch("--libtorch", _folder.File(given) + end).Find());
    }

    [Theory]
    [InlineData("build-version", "2.9.1+cu128", "its version is 2.9.1+cu128; needed: 2.10.0")]
    [InlineData("build-version", "2.10.1", "its version is 2.10.1; needed: 2.10.0")]
    [InlineData("version.py", "debug = True", "its version is unknown (no build-version or version.py); needed: 2.10.0")]
    [InlineData("readme", "2.10.0", "its version is unknown (no build-version or version.py); needed: 2.10.0")]
    public void Find_OtherVersion_NamesBoth(string file, string said, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), LinuxOnly);
        Make("given", "lib", file, said);
        var message = Assert.Throws<InputException>(() => new OtherLibtorch("--libtorch", _folder.File("given")).Find()).Message;
        Assert.StartsWith($"--libtorch {_folder.File("given")}: {told}", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    /// <summary>The library is a text: what the system says of it is told, and who asked for it.</summary>
    [Fact]
    public void Run_LibraryThatCannotBeLoaded_IsOneLine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), LinuxOnly);
        Make("given", "lib", "build-version", OtherLibtorch.Version);
        FoveaProcess.RunScript($"{OtherLibtorch.Variable}=\"$1\" exec \"$0\" sample pretrained:fundus-64-quantum --out \"$2\"", _folder.File("given"), _folder.File("o"))
            .AssertBadInput($"{OtherLibtorch.Variable}: ", "libtorch_cpu.so cannot be loaded");
        Assert.False(Path.Exists(_folder.File("o")));
    }

    [Fact]
    public void Doctor_NoLibtorchThere_IsAProblemOfIts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), LinuxOnly);
        var result = FoveaProcess.Run("doctor", "--quick", "--libtorch", _folder.Path);
        Assert.Equal((2, ""), (result.ExitCode, result.Error));
        Assert.Contains("problem: libtorch cannot be loaded", result.Output, StringComparison.Ordinal);
        Assert.Contains("no libtorch_cpu.so there, nor in its lib or torch/lib; needed: ", result.Output, StringComparison.Ordinal);
    }

    /// <summary>What computes with no tensors, and help, do not look at it.</summary>
    [Theory]
    [InlineData("phantom --help")]
    [InlineData("sample --help")]
    [InlineData("--version")]
    [InlineData("circuit plan --ansatz ese2-recon --qubits 4 --layers 1")]
    public void Run_CommandWithoutTensors_DoesNotLookAtIt(string line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), LinuxOnly);
        FoveaProcess.RunScript($"{OtherLibtorch.Variable}=/nowhere exec \"$0\" {line}").AssertSuccess();
    }

    /// <summary>Functions of another version are elsewhere: whoever raises the package's version raises this one.</summary>
    [Fact]
    public void Version_IsThatOfThePackage() => Assert.Equal(OtherLibtorch.Version, string.Join('.', torch.__version__.Split('.', '+').Take(3)));

    private void Make(string given, string libraries, string file, string said)
    {
        var folder = Path.Combine(_folder.File(given), libraries);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "libtorch_cpu.so"), "no library at all");
        File.WriteAllText(Path.Combine(_folder.File(given), file), said);
    }
}
