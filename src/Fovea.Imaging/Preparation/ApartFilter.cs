using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// Leaves out what belongs with other datasets: images that are in one or look like one that is, images of patients who are,
/// and what patients and looks connect with these: the groups that splits do not divide.
/// </summary>
internal sealed class ApartFilter(IReadOnlyList<ApartDataset> datasets, int size)
{
    /// <summary>Throws <see cref="InputException"/> for a folder that is no dataset, before its files are passed over or anything takes time.</summary>
    public static void Check(PrepareOptions options)
    {
        foreach (var folder in options.ApartFrom) ImageDataset.Open(folder).Dispose();
    }

    public static ApartFilter Open(PrepareOptions options, int threads, CancellationToken cancellation) =>
        new([.. options.ApartFrom.Select(folder => ApartDataset.Read(folder, options.Size, threads, cancellation))], options.Size);

    /// <summary>Adds the hashes that are compared with the other datasets; runs on any thread.</summary>
    public LoadedImage Describe(LoadedImage image) => image.Rejection is not null || datasets.Count == 0
        ? image
        : image with { Apart = [.. datasets.Select(dataset => dataset.HashOf(image.Pixels, size))] };

    /// <summary>
    /// Takes the images out of the collection; gives the near-duplicates among the rest and what each dataset cost. An image that
    /// belongs with several datasets counts for the first. Throws <see cref="InputException"/> when no image is left.
    /// </summary>
    public (IReadOnlyList<(int First, int Second)> NearDuplicates, IReadOnlyList<AppliedFilter> Applied) Apply(
        ImageCollector collector, IReadOnlyList<(int First, int Second)> nearDuplicates, int threads, CancellationToken cancellation)
    {
        if (datasets.Count == 0) return (nearDuplicates, []);
        var owners = Owners(collector, nearDuplicates, threads, cancellation);
        if (!owners.Contains(-1))
        {
            throw new InputException(
                $"apart-from: all {owners.Length} images belong with {string.Join(", ", datasets.Select(dataset => dataset.Name))}; none is left");
        }
        // An exact copy goes with the image that stands for it.
        var byFile = collector.Entries.ToDictionary(entry => entry.File, entry => owners[entry.Index], StringComparer.Ordinal);
        int[] left = [.. owners, .. collector.Duplicates.Select(copy => byFile[copy.KeptFile])];
        var moved = new int[owners.Length];
        for (int i = 0, next = 0; i < moved.Length; i++) moved[i] = owners[i] < 0 ? next++ : -1;
        collector.Keep(index => owners[index] < 0);
        return (
            [.. nearDuplicates.Where(pair => owners[pair.First] < 0).Select(pair => (moved[pair.First], moved[pair.Second]))],
            [.. datasets.Select((dataset, d) => new AppliedFilter("apart-from", dataset.Name, left.Count(owner => owner == d), dataset.ContentHash))]);
    }

    /// <summary>Where patients are not known only looks tell photographs of one patient apart; the user must know that.</summary>
    public IEnumerable<string> Warnings(IReadOnlyList<ManifestEntry> kept)
    {
        var unknown = kept.Count(entry => entry.Patient.Length == 0);
        return datasets.Where(dataset => unknown + dataset.WithoutPatient > 0).Select(dataset =>
            $"apart-from {dataset.Name}: {dataset.WithoutPatient} of its {dataset.Count} images and {unknown} of {kept.Count} here name no patient; of these "
                + "only copies and near-duplicates were left out");
    }

    /// <summary>The dataset that each image belongs with; -1 for none.</summary>
    private int[] Owners(ImageCollector collector, IReadOnlyList<(int First, int Second)> nearDuplicates, int threads, CancellationToken cancellation)
    {
        var groups = new ImageGroups(collector.Entries.Count, collector.Patients, nearDuplicates);
        var owners = new int[collector.Entries.Count];
        Array.Fill(owners, -1);
        // Backwards, so that the first dataset has the last word.
        for (var d = datasets.Count - 1; d >= 0; d--)
        {
            foreach (var index in Touched(collector, d, threads, cancellation)) owners[groups.Of(index)] = d;
        }

        return [.. owners.Select((_, index) => owners[groups.Of(index)])];
    }

    private IEnumerable<int> Touched(ImageCollector collector, int d, int threads, CancellationToken cancellation)
    {
        var dataset = datasets[d];
        return collector.Entries.Where(entry => dataset.Sources.Contains(entry.Sha256)).Select(entry => entry.Index)
            .Concat(collector.Patients.Where(known => dataset.Patients.Contains(known.Patient)).Select(known => known.Index))
            .Concat(NearDuplicateFinder.FindNear([.. collector.Apart.Select(hashes => hashes[d])], dataset.Hashes, threads, cancellation));
    }
}

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
        Patients = dataset.Entries.Select(entry => entry.Patient).Concat(dataset.Duplicates.Select(copy => copy.Patient ?? ""))
            .Where(patient => !NameComparer.IsUnknown(patient)).ToHashSet(NameComparer.Instance);
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
        Parallel.For(0, dataset.Count, Workers.Of(threads, cancellation), i =>
            read.Hashes[i] = read.HashOf(dataset.GetImage(i), dataset.Size));
        return read;
    }

    /// <summary>The hash of an image [size, size, 3] to compare with <see cref="Hashes"/>.</summary>
    public PerceptualHash HashOf(ReadOnlySpan<byte> rgb, int size) => PerceptualHash.Compute(rgb, size, _size);
}
