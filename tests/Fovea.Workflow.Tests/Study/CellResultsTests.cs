using Fovea.Core.Errors;
using Fovea.Study.Results;

namespace Fovea.Tests.Study;

public sealed class CellResultsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-cells-").FullName;

    [Fact]
    public void Read_WhatWasWritten_IsTheSameAndSorted()
    {
        Assert.Empty(CellResults.Read(_folder));
        foreach (var cell in CraftedStudy.Example().Cells.Reverse())
            CellResults.Write(_folder, cell);
        var read = CellResults.Read(_folder);
        Assert.Equal(read.Select(cell => cell.Cell).Order(StringComparer.Ordinal), read.Select(cell => cell.Cell));
        var first = File.ReadAllText(Path.Combine(_folder, "cells", read[0].Cell + ".json"));
        Assert.Equal(first, File.ReadAllText(CellResults.Write(_folder, read[0])));
        Assert.Contains("\"autoencoder_hash\"", first);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\": 1}")]
    [InlineData("{\"format\": 2}")]
    [InlineData("{\"format\": \"1\"}")]
    public void Read_DamagedFile_IsRefusedInOneLine(string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "cells"));
        File.WriteAllText(Path.Combine(_folder, "cells", "a.json"), text);
        var message = Assert.Throws<InputException>(() => CellResults.Read(_folder)).Message;
        Assert.Contains("a.json", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Read_CopyUnderAnotherName_IsNamed()
    {
        var file = CellResults.Write(_folder, CraftedStudy.Example().Cells[0]);
        File.Copy(file, Path.Combine(_folder, "cells", "copy.json"));
        var message = Assert.Throws<InputException>(() => CellResults.Read(_folder)).Message;
        Assert.Contains($"copy.json: holds the result of the cell {Path.GetFileNameWithoutExtension(file)}", message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
