using Fovea.Core.Errors;

namespace Fovea.Tests.Core.Errors;

public sealed class FileProblemTests
{
    [Fact]
    public void Of_WhatTheRuntimeThrows_IsInWordsOfTheProgram()
    {
        string Reason(string path) => FileProblem.Of(path, Record.Exception(() => File.ReadAllText(path))!);
        Assert.Equal("it is a folder, a file is needed", Reason(Path.GetTempPath()));
        Assert.Equal("no such file", Reason(Path.Combine(Path.GetTempPath(), "no-such-file-of-fovea")));
        Assert.Equal("no such file", Reason(Path.Combine(Path.GetTempPath(), "no-such-folder-of-fovea", "file")));
        Assert.Equal("this user may not read it", FileProblem.Of("file", new UnauthorizedAccessException("Access to the path 'file' is denied.")));
        Assert.Equal("two lines", FileProblem.Of("file", new IOException("two\nlines")));
    }
}
