using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Folders;

/// <summary>The layout of a study's folder. Any number of processes may work in it.</summary>
public sealed class StudyFolder
{
    /// <summary>The name of the folder of its tuning's tries.</summary>
    internal const string TuningName = "tuning";

    /// <summary>The file of a cell's folder that says whose work it holds.</summary>
    internal const string KeyName = "key.txt";

    private const string LockName = ".lock";
    private const string WorkName = "work";

    // After the reason, in the file of a cell whose training diverged.
    private const string DivergedMark = "diverged: ";

    private StudyFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The study as it was given.</summary>
    public string Definition => In("study.toml");

    /// <summary>What it belongs to: <see cref="StudyRecord"/>.</summary>
    public string Record => In("study.json");

    /// <summary>Where its cells stand, as <c>fovea study run</c> saw it last.</summary>
    public string Status => In("status.json");

    /// <summary>Measured seconds a step.</summary>
    public string Calibration => In("calibration.json");

    /// <summary>The folder of the tries of its tuning, a study's folder itself.</summary>
    public string Tuning => In(TuningName);

    /// <summary>What its tuning chose: <see cref="Definitions.TuningResult"/>.</summary>
    public string TuningResult => In("tuning.json");

    /// <summary>Results, a file a cell.</summary>
    public string Cells => In(CellResults.FolderName);

    /// <summary>Why cells failed, a file each.</summary>
    public string Failures => In("failures");

    /// <summary>All that is heavy and can be made again.</summary>
    public string Work => In(WorkName);

    /// <summary>A cell's result.</summary>
    public string ResultOf(string cell) => System.IO.Path.Combine(Cells, cell + ".json");

    /// <summary>A cell's first images.</summary>
    public string PictureOf(string cell) => System.IO.Path.Combine(Cells, cell + ".png");

    /// <summary>Why a cell failed.</summary>
    public string FailureOf(string cell) => System.IO.Path.Combine(Failures, cell + ".txt");

    /// <summary>A cell's run, samples and noise levels.</summary>
    public string WorkOf(string cell) => System.IO.Path.Combine(Work, cell);

    /// <summary>Makes a study's folder, or opens that of the same study.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="source">The study.</param>
    /// <param name="cancellation">Stops the wait for another process that is doing the same.</param>
    /// <exception cref="InputException">It holds something else, or cannot be written.</exception>
    public static StudyFolder Prepare(string path, StudySource source, CancellationToken cancellation)
    {
        var folder = new StudyFolder(System.IO.Path.GetFullPath(path));
        OutputFolder.Prepare(path, force: true);
        using var mine = FileLock.Take(folder.In(LockName), cancellation);
        if (!File.Exists(folder.Definition)
            && Directory.EnumerateFileSystemEntries(path)
                .Any(entry => System.IO.Path.GetFileName(entry) is var name
                    && name is not (LockName or "study.toml.partial")
                    && !name.StartsWith(OutputFolder.ProbePrefix, StringComparison.Ordinal)))
        {
            throw new InputException($"{path}: the folder is not empty and holds no study; choose another folder");
        }

        if (folder.ReadRecord() is { } record && record.Name != source.Definition.Name)
        {
            if (folder.HasWork()) throw new InputException($"{path}: holds the study {record.Name}, not {source.Definition.Name}; choose another folder");
            File.Delete(folder.Record);
        }

        if (!File.Exists(folder.Definition)) AtomicFile.WriteText(folder.Definition, source.Text);
        return folder;
    }

    /// <summary>A study's folder as it is, which need not be there.</summary>
    internal static StudyFolder Of(string path) => new(System.IO.Path.GetFullPath(path));

    /// <summary>Opens a study's folder for reading.</summary>
    /// <exception cref="InputException">It is none, or nothing was run in it.</exception>
    public static StudyFolder Open(string path)
    {
        if (!Directory.Exists(path)) throw new InputException($"{path}: no such study folder");
        var folder = new StudyFolder(System.IO.Path.GetFullPath(path));
        if (File.Exists(folder.Definition) && File.Exists(folder.Record)) return folder;
        // Results alone do not say what was planned.
        string[] missing = [.. new[] { folder.Definition, folder.Record }.Where(file => !File.Exists(file)).Select(file => System.IO.Path.GetFileName(file))];
        throw new InputException(Directory.Exists(folder.Cells)
            ? $"{path}: has cells of a study and no {string.Join(" and no ", missing)}; copy {(missing.Length > 1 ? "them" : "it")} from the folder that "
                + "'fovea study run' made, where cells and these files lie beside each other"
            : $"{path}: is not a study's folder (it has no study.toml and study.json); 'fovea study run' makes one");
    }

    /// <summary>Ties the folder to a dataset.</summary>
    /// <exception cref="InputException">It belongs to another one.</exception>
    public void Bind(StudyDefinition definition, ImageDataset dataset, CancellationToken cancellation)
    {
        using var mine = FileLock.Take(In(LockName), cancellation);
        // A start that was refused before it began a cell ties the folder to nothing.
        var known = ReadRecord() is { } record && (record.DataHash == dataset.ContentHash || HasWork()) ? record : null;
        if (known is not null && known.DataHash != dataset.ContentHash)
        {
            throw new InputException(
                $"{Path}: the study's cells were made with another dataset than {dataset.Folder} (their hashes differ); choose another folder for it");
        }

        if (known is null)
        {
            StudyJson.Write(
                Record,
                new StudyRecord(
                    StudyRecord.CurrentFormat, definition.Name, dataset.ContentHash, dataset.Source, dataset.Size,
                    dataset.IndicesOf(Split.Train).Count, dataset.IndicesOf(Split.Val).Count));
        }
    }

    /// <summary>Takes over the study as it is now. Results that other settings gave count for nothing from then on.</summary>
    /// <param name="source">The study.</param>
    /// <param name="fingerprints">What the results of its cells have to have as their fingerprints, by the cells' names.</param>
    /// <param name="steps">Steps of each arm's denoiser, by the arm's name.</param>
    /// <param name="cancellation">Stops the wait for another process that is doing the same.</param>
    public void Update(
        StudySource source, IReadOnlyDictionary<string, string> fingerprints, IReadOnlyDictionary<string, int> steps, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var mine = FileLock.Take(In(LockName), cancellation);
        var record = ReadRecord() ?? throw new InvalidOperationException("the folder is not bound to a dataset");
        if (!Same(record.Fingerprints, fingerprints) || !Same(record.Steps, steps))
            StudyJson.Write(Record, record with { Fingerprints = fingerprints, Steps = steps });
        if (File.ReadAllText(Definition) != source.Text) AtomicFile.WriteText(Definition, source.Text);
    }

    // Whether a cell or a try of its tuning was begun.
    private bool HasWork() => HasWork(Path) || HasWork(Tuning);

    private static bool HasWork(string folder)
    {
        bool Any(string inner, Func<string, IEnumerable<string>> entries) => System.IO.Path.Combine(folder, inner) is var path && Directory.Exists(path)
            && entries(path).Any();
        return Any(CellResults.FolderName, Directory.EnumerateFiles)
            || Any(WorkName, path => Directory.EnumerateDirectories(path).Where(cell => File.Exists(System.IO.Path.Combine(cell, KeyName))));
    }

    private static bool Same<T>(IReadOnlyDictionary<string, T>? known, IReadOnlyDictionary<string, T> now) =>
        known?.Count == now.Count && !known.Except(now).Any();

    /// <summary>The study as its cells are run: with what its tuning chose.</summary>
    /// <param name="study">The study as its file states it.</param>
    public (StudyDefinition Study, TuningResult? Tuning) Resolve(StudyDefinition study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var result = study.Tuning is null ? null : StudyJson.Read<TuningResult>(TuningResult);
        return (result?.Apply(study) ?? study, result);
    }

    /// <summary>What the folder belongs to, or null before it was bound.</summary>
    public StudyRecord? ReadRecord()
    {
        var record = StudyJson.Read<StudyRecord>(Record);
        return record is null || record.Format == StudyRecord.CurrentFormat
            ? record
            : throw new InputException($"{Record}: layout {record.Format}, this program reads layout {StudyRecord.CurrentFormat}; choose another folder");
    }

    /// <summary>A finished cell's result, or null.</summary>
    public CellResult? ReadResult(string cell) => ResultOf(cell) is var path && File.Exists(path) ? CellResults.ReadFile(path) : null;

    /// <summary>All results that the study's settings gave, in the order of their names.</summary>
    /// <exception cref="InputException">Nothing is finished yet, or a file is damaged.</exception>
    public IReadOnlyList<CellResult> ReadResults()
    {
        var expected = ReadRecord()?.Fingerprints;
        return CellResults.Read(Path).Where(result => !IsStale(result, expected)).ToArray() is { Length: > 0 } results
            ? results
            : throw new InputException($"{Path}: no cell is finished yet; 'fovea study run' goes on with them");
    }

    /// <summary>Writes down why a cell failed.</summary>
    /// <param name="cell">Its name.</param>
    /// <param name="reason">One line.</param>
    /// <param name="diverged">The fingerprint of the cell where its training diverged, which it would do again; null where it may succeed.</param>
    internal void WriteFailure(string cell, string reason, string? diverged)
    {
        Directory.CreateDirectory(Failures);
        AtomicFile.WriteText(FailureOf(cell), reason + "\n" + (diverged is null ? "" : DivergedMark + diverged + "\n"));
    }

    /// <summary>Whether the training of a cell with these settings diverged.</summary>
    internal bool HasDiverged(string cell, string fingerprint) =>
        FailureOf(cell) is var path && File.Exists(path) && File.ReadLines(path).Contains(DivergedMark + fingerprint);

    /// <summary>Reasons of failed cells by name.</summary>
    public IReadOnlyDictionary<string, string> ReadFailures()
    {
        var failures = new Dictionary<string, string>();
        if (!Directory.Exists(Failures)) return failures;
        foreach (var file in Directory.EnumerateFiles(Failures, "*.txt"))
        {
            try
            {
                var reason = File.ReadLines(file).FirstOrDefault(line => line.Length > 0) ?? "";
                failures.Add(System.IO.Path.GetFileNameWithoutExtension(file), PrintableText.Of(reason));
            }
            catch (FileNotFoundException)
            {
                // Another process runs the cell again since.
            }
        }

        return failures;
    }

    /// <summary>Why cells have no result that counts, by name: those that failed, and those that other settings gave.</summary>
    public IReadOnlyDictionary<string, string> ReadReasons()
    {
        var expected = ReadRecord()?.Fingerprints;
        var reasons = new Dictionary<string, string>(ReadFailures());
        foreach (var result in CellResults.Read(Path).Where(result => IsStale(result, expected)))
        {
            reasons.TryAdd(
                result.Cell, "run with other settings, to be run again");
        }

        return reasons;
    }

    private static bool IsStale(CellResult result, IReadOnlyDictionary<string, string>? expected) =>
        expected is not null && expected.TryGetValue(result.Cell, out var fingerprint) && fingerprint != result.Fingerprint;

    internal string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}

/// <summary>What a study's folder belongs to.</summary>
/// <param name="Format">The version of this layout.</param>
/// <param name="Name">The study's name.</param>
/// <param name="DataHash">Content hash of the dataset.</param>
/// <param name="DataSource">Where its images come from: <c>photographs</c>, <c>medmnist</c>, <c>phantom</c>.</param>
/// <param name="Side">Side of its images in pixels.</param>
/// <param name="TrainingImages">Images of its training split.</param>
/// <param name="HeldOutImages">Images of its validation split.</param>
/// <param name="Fingerprints">What each cell's result has to have as its fingerprint, by the cell's name; null before any was run.</param>
/// <param name="Steps">Steps of each arm's denoiser, by the arm's name; null of a study that an older version began.</param>
public sealed record StudyRecord(
    int Format,
    string Name,
    string DataHash,
    string DataSource,
    int Side,
    int TrainingImages,
    int HeldOutImages,
    IReadOnlyDictionary<string, string>? Fingerprints = null,
    IReadOnlyDictionary<string, int>? Steps = null)
{
    /// <summary>The version of this layout.</summary>
    public const int CurrentFormat = 1;
}
