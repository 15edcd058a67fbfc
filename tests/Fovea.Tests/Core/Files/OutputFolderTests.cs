using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Tests.Core.Files;

public sealed class OutputFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-output-").FullName;

    private string Output => Path.Combine(_folder, "a", "b");

    [Fact]
    public void Prepare_NewPath_IsCreatedAndEmpty()
    {
        OutputFolder.Prepare(Output, force: false);
        OutputFolder.Prepare(Output, force: false);

        Assert.Empty(Directory.EnumerateFileSystemEntries(Output));
    }

    [Theory]
    [InlineData("a/b/x.png", true)]
    [InlineData("a/b/c/x.png", true)]
    [InlineData("a/b", false)]
    [InlineData("a/bc/x.png", false)]
    [InlineData("a/x.png", false)]
    public void RequireOutside_WhatIsRead_MustNotLieInTheOutput(string input, bool isInside)
    {
        var refusal = Record.Exception(() => OutputFolder.RequireOutside(Output, null, Path.Combine(_folder, input)));
        Assert.Equal(isInside, refusal is InputException);
    }

    [Fact]
    public void Prepare_FolderWithFiles_IsRefusedWithTheRemedy()
    {
        Directory.CreateDirectory(Path.Combine(Output, "kept"));
        var refusal = Assert.Throws<InputException>(() => OutputFolder.Prepare(Output, force: false, $"take another"));

        Assert.Equal($"{Output}: the output folder exists and is not empty; take another", refusal.Message);
    }

    [Fact]
    public void RequireOther_AnInput_IsRefusedHoweverItIsWritten()
    {
        OutputFolder.RequireOther(Output, ("the run", null), ("the dataset", _folder));
        var refusal = Assert.Throws<InputException>(
            () => OutputFolder.RequireOther(Output + "/", ("the dataset", _folder), ("the run", Path.Combine(Output, "..", "b"))));
        Assert.Equal($"{Output}/: is the run itself, which is not changed; choose another folder", refusal.Message);
    }

    [Fact]
    public void Prepare_FolderWithFilesByForce_KeepsThem()
    {
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "kept.txt"), "kept");
        OutputFolder.Prepare(Output, force: true);

        Assert.Equal("kept", File.ReadAllText(Assert.Single(Directory.GetFiles(Output))));
    }

    [Fact]
    public void Prepare_PathOfAFile_IsRefused()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Equal($"{file}: is a file, an output folder is needed", Assert.Throws<InputException>(() => OutputFolder.Prepare(file, force: true)).Message);
        Assert.StartsWith(
            $"{file}{Path.DirectorySeparatorChar}below: the output folder cannot be written",
            Assert.Throws<InputException>(() => OutputFolder.Prepare(Path.Combine(file, "below"), force: true)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
