using Fovea.Core.Files;

namespace Fovea.Tests.Core.Files;

public sealed class RealPathTests : IDisposable
{
    private readonly string _folder = RealPath.Of(Directory.CreateTempSubdirectory("fovea-real-").FullName)!;

    [Fact]
    public void Of_LinksOnTheWayAndAtTheEnd_LeadToOnePath()
    {
        var there = Directory.CreateDirectory(Path.Combine(_folder, "there", "inner")).FullName;
        var file = Path.Combine(there, "1.png");
        File.WriteAllText(file, "");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "folder"), Path.Combine(_folder, "there"));
        // Relative to where it truly lies.
        File.CreateSymbolicLink(Path.Combine(there, "2.png"), "1.png");
        foreach (var path in new[] { file, Path.Combine(_folder, "folder", "inner", "1.png"), Path.Combine(_folder, "folder", "inner", "2.png") })
            Assert.Equal(file, RealPath.Of(path));
    }

    [Fact]
    public void Of_LinksThatLeadToEachOther_LeadNowhere()
    {
        var (one, other) = (Path.Combine(_folder, "one"), Path.Combine(_folder, "other"));
        File.CreateSymbolicLink(one, other);
        File.CreateSymbolicLink(other, one);
        Assert.Null(RealPath.Of(one));
        var within = Path.Combine(_folder, "within");
        Directory.CreateSymbolicLink(within, "within/inner");
        Assert.Null(RealPath.Of(within));
    }

    [Fact]
    public void Of_NothingThere_IsThePath() =>
        Assert.Equal(Path.Combine(_folder, "none", "at-all"), RealPath.Of(Path.Combine(_folder, "none", "..", "none", "at-all")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
