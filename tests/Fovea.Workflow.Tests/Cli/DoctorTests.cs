using System.Text.Json;
using Fovea.Cli.Diagnosis;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Cli;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Doctor_ThisMachine_FitsAScreenAndNamesNobody()
    {
        var result = FoveaCommand.Run("doctor", "--threads", "1", "--out", _folder.Path);
        result.AssertSuccess();
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 10, 40);
        foreach (var name in
                new[] { "fovea", "system", "processor", "memory", "libtorch", "libvips", "ONNX Runtime", "GPU", "results", "convolutions", "circuits" })
        {
            Assert.Contains(lines, line => line.StartsWith(name + " ", StringComparison.Ordinal));
        }

        Assert.Matches(@"libtorch +\d+\.\d+\.\d+ \(TorchSharp \d+\.\d+\.\d+\)", result.Output);
        Assert.Equal(PersonalText.Here.Shorten(result.Output), result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Doctor_Json_IsTheSameAsADocument()
    {
        var result = FoveaCommand.Run("doctor", "--quick", "--json", "--threads", "1");
        result.AssertSuccess();
        Assert.Equal("", result.Error);
        using var document = JsonDocument.Parse(result.Output);
        var root = document.RootElement;
        Assert.Equal(Environment.ProcessorCount, root.GetProperty("processor").GetProperty("cores_allowed").GetInt32());
        Assert.InRange(root.GetProperty("memory").GetProperty("available").GetInt64(), 1, root.GetProperty("memory").GetProperty("total").GetInt64());
        Assert.Equal(
            ["libtorch", "libvips", "ONNX Runtime"], root.GetProperty("libraries").EnumerateArray().Select(library => library.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("speed").ValueKind);
        Assert.Equal(0, root.GetProperty("problems").GetArrayLength());
    }

    /// <summary>A folder below a file cannot be made by anybody, not even by root.</summary>
    [Fact]
    public void Doctor_FolderThatCannotBeWritten_IsAProblemWithARemedy()
    {
        File.WriteAllText(_folder.File("file"), "");
        var result = FoveaCommand.Run("doctor", "--quick", "--threads", "1", "--out", Path.Combine(_folder.File("file"), "runs"));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Error);
        var problem = Assert.Single(result.Output.Split('\n'), line => line.StartsWith("problem: ", StringComparison.Ordinal));
        Assert.Contains("cannot be written; --out of each command names another folder", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Everything that is needed", result.Output, StringComparison.Ordinal);
    }

    /// <summary>The program's own folder without the tensor library: links to all other files.</summary>
    [Fact]
    public void Doctor_WithoutTheTensorLibrary_SaysSoAndGoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the tensor library has other names elsewhere");
        var result = FoveaProcess.RunWithoutLibtorch(_folder.Path, "doctor", "--quick");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Contains("problem: libtorch cannot be loaded (needed for training, sampling and judging): ", result.Output, StringComparison.Ordinal);
        Assert.Matches("libvips +8", result.Output);
    }

    [Theory]
    [InlineData("/home/anna/x/y", "~/x/y")]
    [InlineData("/home/anna: not writable, /home/annabel/z", "~: not writable, /home/annabel/z")]
    [InlineData("/mnt/anna/data on ward7", "/mnt/…/data on …")]
    [InlineData("bananna, ward71, susanna-x", "bananna, ward71, susanna-x")]
    public void Shorten_Texts_LoseTheirOwner(string text, string shown) => Assert.Equal(shown, new PersonalText("/home/anna", "anna", "ward7").Shorten(text));

    [Theory]
    [InlineData("0.1.0+74ce72b84089914e668b17eb26b74b7553d5d3f6", "0.1.0+74ce72b8")]
    [InlineData("0.1.0+local", "0.1.0+local")]
    [InlineData("0.1.0", "0.1.0")]
    public void ShortVersion_Commit_IsCut(string version, string shown) => Assert.Equal(shown, ProgramFacts.ShortVersion(version));

    [Fact]
    public void Faults_ALibraryAndAFullDisk_AreALineEach() => Assert.Equal(
        [
            "libvips cannot be loaded (needed for reading photographs): no such file",
            "~/x (results) has 0.1 GiB left; needed: about 0.5 GiB; elsewhere",
        ],
        MachineReport.Faults(
            [new("libvips", "reading photographs", null, "no such file"), new("libtorch", "training", "2.10.0", null)],
            [new("results", "~/x", true, 100_000_000, "elsewhere"), new("passing files", "/tmp", true, null, "elsewhere")]));
}
