using Fovea.Core.Files;

namespace Fovea.Tests.Core.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-atomic-").FullName;

    private string Target => Path.Combine(_folder, "result.json");

    [Fact]
    public void WriteText_OverAFile_ReplacesItWithoutByteOrderMark()
    {
        File.WriteAllText(Target, "a longer text that was there before");
        AtomicFile.WriteText(Target, "π");

        Assert.Equal([0xCF, 0x80], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_ThatFailsMidway_LeavesTheOldFileAndNothingBesideIt()
    {
        File.WriteAllText(Target, "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write("half of the n"u8);
            throw new IOException("the disk is full");
        }));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_WhileItRuns_ShowsReadersTheOldFile()
    {
        File.WriteAllText(Target, "old");
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(Target));
        });

        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public void Write_WhileAnotherWrites_FailsAndLeavesTheOthersFile()
    {
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("first"u8);
            Assert.Throws<IOException>(() => AtomicFile.WriteText(Target, "second"));
        });

        Assert.Equal("first", File.ReadAllText(Target));
    }

    [Fact]
    public void Copy_File_HasItsBytes()
    {
        var source = Path.Combine(_folder, "source.bin");
        File.WriteAllBytes(source, [0, 1, 255]);
        AtomicFile.Copy(source, Target);

        Assert.Equal([0, 1, 255], File.ReadAllBytes(Target));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
