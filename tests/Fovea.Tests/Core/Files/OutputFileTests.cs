using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Tests.Imaging;

namespace Fovea.Tests.Core.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Require_NewFileOrNone_IsAllowed()
    {
        OutputFile.Require(null, force: false);
        OutputFile.Require(_folder.File("new.csv"), force: false, _folder.File("input.png"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Require_WhatWouldBeLost_IsRefused()
    {
        var (there, other) = (_folder.File("there.csv"), _folder.File("other.csv"));
        File.WriteAllText(there, "mine");
        Assert.Contains("exists; pass Force to replace it", Refused(there, false), StringComparison.Ordinal);
        OutputFile.Require(there, force: true, other);
        // What is read is not replaced, whatever the user says, and by whatever name.
        Assert.Contains("is read", Refused(there, true, Path.Combine(_folder.Path, ".", "there.csv")), StringComparison.Ordinal);
        Assert.Contains("is a folder", Refused(_folder.Path, true), StringComparison.Ordinal);
        var nowhere = Path.Combine(_folder.Path, "nowhere");
        Assert.Contains($"there is no folder {nowhere}", Refused(Path.Combine(nowhere, "x.csv"), false), StringComparison.Ordinal);
    }

    private static string Refused(string path, bool force, params string[] inputs) =>
        Assert.Throws<InputException>(() => OutputFile.Require(path, force, inputs)).Message;
}
