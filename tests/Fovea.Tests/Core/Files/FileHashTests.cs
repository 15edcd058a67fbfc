using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Tests.Core.Files;

public sealed class FileHashTests
{
    [Fact]
    public void Of_KnownBytes_IsTheirSha256()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "abc");
            Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", FileHash.Compute(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Of_MissingFile_IsNamed()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        Assert.StartsWith($"{path}: cannot be read (no such file)", Assert.Throws<InputException>(() => FileHash.Compute(path)).Message, StringComparison.Ordinal);
    }
}
