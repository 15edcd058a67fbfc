using Fovea.Imaging.Datasets;
using Fovea.Imaging.Tables;

namespace Fovea.Imaging.Preparation;

/// <summary>What is needed of a dataset to keep another one apart from it.</summary>
internal sealed class ApartDataset
{
    private readonly int _size;

    private ApartDataset(ImageDataset dataset, int size)
    {
        _size = size;
        // Without the folders above it: a path may hold the name of a user or of a patient.
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataset.Folder)));
        (ContentHash, Count) = (dataset.ContentHash, dataset.Count);
        Patients = dataset.Entries.Select(entry => entry.Patient).Concat(dataset.Duplicates.Select(copy => copy.Patient ?? "")).Where(patient => !NameComparer.IsUnknown(patient)).ToHashSet(NameComparer.Instance);
        Sources = dataset.Entries.Select(entry => entry.Sha256).Where(hash => hash.Length > 0).ToHashSet(StringComparer.Ordinal);
        WithoutPatient = dataset.Entries.Count(entry => NameComparer.IsUnknown(entry.Patient));
        Hashes = new PerceptualHash[dataset.Count];
    }

    public string Name { get; }

    public string ContentHash { get; }

    public int Count { get; }

    public int WithoutPatient { get; }

    /// <summary>Who is seen on its images or on copies of them.</summary>
    public IReadOnlySet<string> Patients { get; }

    /// <summary>SHA-256 of the source files.</summary>
    public IReadOnlySet<string> Sources { get; }

    /// <summary>Taken at the smaller of both datasets' sizes.</summary>
    public PerceptualHash[] Hashes { get; }

    /// <summary>Reads a dataset folder. Throws <see cref="Core.Errors.InputException"/> when it is none.</summary>
    public static ApartDataset Read(string folder, int size, int threads, CancellationToken cancellation)
    {
        using var dataset = ImageDataset.Open(folder);
        var read = new ApartDataset(dataset, Math.Min(size, dataset.Size));
        Parallel.For(0, dataset.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
            read.Hashes[i] = read.HashOf(dataset.GetImage(i), dataset.Size));
        return read;
    }

    /// <summary>The hash of an image [size, size, 3] to compare with <see cref="Hashes"/>.</summary>
    public PerceptualHash HashOf(ReadOnlySpan<byte> rgb, int size) => PerceptualHash.Of(rgb, size, _size);
}
