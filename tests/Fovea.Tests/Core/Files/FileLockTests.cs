using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Tests.Core.Files;

public sealed class FileLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-lock-").FullName;

    private string Target => Path.Combine(_folder, "new", ".lock");

    [Fact]
    public void TryTake_HeldByAnother_IsNullUntilItIsFreed()
    {
        Assert.False(FileLock.IsHeld(Target));
        using (FileLock.TryTake(Target))
        {
            Assert.True(FileLock.IsHeld(Target));
            Assert.Null(FileLock.TryTake(Target));
        }

        Assert.False(FileLock.IsHeld(Target));
        using var again = FileLock.TryTake(Target);
        Assert.NotNull(again);
    }

    [Fact]
    public void TryTake_WhereNothingCanBeWritten_SaysSoAndNotThatAnotherHoldsIt()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        var failure = Assert.Throws<InputException>(() => FileLock.TryTake(Path.Combine(_folder, "file", ".lock")));
        Assert.Contains("cannot be written", failure.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
