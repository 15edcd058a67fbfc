using Fovea.Core.Files;
using Fovea.Imaging.Datasets;

namespace Fovea.Tests.Imaging.Datasets;

public sealed class ClassFilesTests
{
    private static readonly string[] s_odd =
    [
        "../../../escaped", "a", "/etc", "..", ".", "", "CON", "com1.txt", "Normal", "normal", "class-1", "a/b", "a\\b",
        "x\0y", "line\nend", "end.", "end ", "classes.csv",
        "\u00E9", "e\u0301", new string('n', 500), "-rf", "~", "no DR", "mild:1", "\U0001F441", "a,\"b\"",
    ];

    [Fact]
    public void FolderNames_AnyNames_AreSafeAndDifferWithoutCase()
    {
        var folders = ClassFiles.FolderNames(s_odd);
        Assert.Equal(s_odd.Length, folders.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(folders, folder => Assert.True(SafeName.IsSafe(folder), folder));
        Assert.All(folders, folder => Assert.Equal(Path.GetFullPath("root"), Path.GetDirectoryName(Path.GetFullPath(Path.Combine("root", folder)))));
        Assert.Equal(["class-0-escaped", "a"], folders.Take(2));
        Assert.Equal(["class-8-normal", "class-9-normal", "class-10-class-1"], folders.Skip(8).Take(3));
        Assert.Equal("no DR", folders[23]);
        Assert.Equal(folders, ClassFiles.FolderNames(s_odd));
    }

    [Fact]
    public void Read_WhatWasWritten_NamesTheClassOfEachPictureAndFolder()
    {
        using var temporary = new TemporaryFolder();
        var folders = ClassFiles.FolderNames(s_odd);
        ClassFiles.Write(temporary.Path, s_odd.Select((name, label) => ($"{folders[label]}/{label:D6}.png", name)));
        var read = ClassFiles.Read(temporary.Path)!;
        for (var label = 0; label < s_odd.Length; label++)
        {
            Assert.Equal(s_odd[label], read[$"{folders[label]}/{label:D6}.png"]);
            Assert.Equal(s_odd[label], read[folders[label]]);
        }

        ClassFiles.Remove(temporary.Path);
        Assert.Null(ClassFiles.Read(temporary.Path));
    }

    [Fact]
    public void Read_TableOfSpreadsheets_IsReadAndContradictionsAreRefused()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.File(ClassFiles.TableName);
        File.WriteAllText(path, "File, Class\n./a.png,mild\nb/c.png,none\nb/c.png,none\n");
        Assert.Equal([("a.png", "mild"), ("b", "none"), ("b/c.png", "none")], ClassFiles.Read(temporary.Path)!.Select(row => (row.Key, row.Value)).Order());
        // A table of one's own is no table that this program wrote.
        ClassFiles.Remove(temporary.Path);
        Assert.True(File.Exists(path));
        File.WriteAllText(path, "file,class\na.png,mild\n./a.png,severe\n");
        var refused = Assert.Throws<Fovea.Core.Errors.InputException>(() => ClassFiles.Read(temporary.Path)).Message;
        Assert.Contains("./a.png is of the class 'mild' and of 'severe'", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_TableOfTheUsers_StaysThere()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.File(ClassFiles.TableName);
        File.WriteAllText(path, "name,grade\nx,1\n");
        ClassFiles.Remove(temporary.Path);
        Assert.True(File.Exists(path));
        Assert.Null(ClassFiles.Read(temporary.Path));
    }

    [Theory]
    [InlineData("heavy-hex-x0.25", "heavy-hex-x0.25")]
    [InlineData("noiseless", "noiseless")]
    public void SafeName_OfASafeName_IsItself(string name, string expected) => Assert.Equal(expected, SafeName.Of(name));

    [Fact]
    public void SafeName_OfOthers_StaysInTheFolderAndDiffers()
    {
        var names = s_odd.Select(SafeName.Of).ToArray();
        Assert.All(names, name => Assert.True(SafeName.IsSafe(name), name));
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
    }
}
