using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Judges;

/// <summary>A folder for one test class with a small phantom dataset whose classes are qualities.</summary>
public sealed class QualityDataset : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("fovea-judging-").FullName;
    private int _folders;

    public QualityDataset() => PhantomDataset.Write(new PhantomOptions { Folder = Dataset, Count = 60, Size = 32, Label = PhantomLabel.Quality, Threads = 1 });

    /// <summary>The dataset's folder.</summary>
    public string Dataset => Path.Combine(_root, "data");

    /// <summary>A folder that is not there yet.</summary>
    public string NewFolder() => Path.Combine(_root, $"out{Interlocked.Increment(ref _folders)}");

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
