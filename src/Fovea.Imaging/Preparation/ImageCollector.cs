using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>Takes the loaded images in order: drops copies, notes rejections, appends the rest to the dataset.</summary>
/// <param name="writer">The dataset.</param>
/// <param name="table">Says what is known of a file; null for none.</param>
/// <param name="names">Finds the patient in a file's name; null when the table says it.</param>
/// <param name="strict">Whether what is wrong with a file, or between copies, is an error.</param>
/// <param name="masks">Told of each image's masks; null where there are none.</param>
/// <param name="meter">Told of each file.</param>
internal sealed class ImageCollector(DatasetWriter writer, LabelTable? table, FileNamePersons? names, bool strict, MaskRemarks? masks, ProgressMeter meter)
{
    private readonly Dictionary<string, int> _bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byPixels = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _patientOf = [];
    private readonly List<string> _maskHashes = [];

    public List<SkippedFile> Skipped { get; } = [];

    public List<DuplicateFile> Duplicates { get; } = [];

    /// <summary>How the pictures' samples were read, where that is to be told.</summary>
    public PixelRemarks Pixels { get; } = new(strict);

    public IReadOnlyList<ManifestEntry> Entries => writer.Entries;

    /// <summary>Row by row of the dataset, like the three lists below.</summary>
    public List<PerceptualHash> Hashes { get; } = [];

    /// <inheritdoc cref="LoadedImage.Apart"/>
    public List<IReadOnlyList<PerceptualHash>> Apart { get; } = [];

    public List<Split?> GivenSplits { get; } = [];

    public List<string?> Labels { get; } = [];

    /// <summary>The known patients of each image as it was taken in: its own, and those that the table gives to copies of it.</summary>
    public List<(int Index, string Patient)> Patients { get; } = [];

    /// <summary>Copies of one image of which the table says different things, one line each.</summary>
    public List<string> Contradictions { get; } = [];

    /// <summary>Copies that told what was not known of the image that stands for them: the copy and the image.</summary>
    public List<DuplicateFile> Completed { get; } = [];

    /// <summary>Files in the dataset of which the table says nothing.</summary>
    public List<string> WithoutRow { get; } = [];

    public void Add(SourceItem item, LoadedImage image)
    {
        Pixels.Note(item.File, image);
        if (image.Rejection is { } reason)
        {
            if (strict) throw new InputException($"{item.File}: {reason} (strict)");
            Skipped.Add(new SkippedFile(item.File, reason));
        }
        else if (_bySource.TryGetValue(image.SourceHash, out var sameBytes))
        {
            AddCopy(item, image, sameBytes, "bytes");
        }
        else if (_byPixels.TryGetValue(image.PixelHash, out var samePixels))
        {
            AddCopy(item, image, samePixels, "pixels");
        }
        else
        {
            Append(item, image);
        }

        meter.Advance($"{writer.Count} kept, {Skipped.Count} skipped, {Duplicates.Count} copies");
    }

    /// <summary>Drops the images whose index is refused, and the copies of them, once all were added.</summary>
    public void Keep(Predicate<int> keep)
    {
        var dropped = Entries.Where(entry => !keep(entry.Index)).Select(entry => entry.File).ToHashSet(StringComparer.Ordinal);
        Duplicates.RemoveAll(copy => dropped.Contains(copy.KeptFile));
        Completed.RemoveAll(copy => dropped.Contains(copy.KeptFile));
        WithoutRow.RemoveAll(dropped.Contains);
        Filter(Hashes, keep);
        Filter(Apart, keep);
        Filter(GivenSplits, keep);
        Filter(Labels, keep);
        var moved = new int[Entries.Count];
        for (int i = 0, next = 0; i < moved.Length; i++) moved[i] = keep(i) ? next++ : -1;
        (int Index, string Patient)[] patients = [.. Patients.Where(known => moved[known.Index] >= 0).Select(known => (moved[known.Index], known.Patient))];
        Patients.Clear();
        Patients.AddRange(patients);
        writer.Keep(entry => keep(entry.Index));
    }

    private static void Filter<T>(List<T> rows, Predicate<int> keep)
    {
        T[] kept = [.. rows.Where((_, index) => keep(index))];
        rows.Clear();
        rows.AddRange(kept);
    }

    private void AddCopy(SourceItem item, LoadedImage image, int kept, string match)
    {
        var (label, patient, split) = Known(item);
        var copy = new DuplicateFile(item.File, Entries[kept].File, match, patient.Length > 0 ? patient : null);
        Duplicates.Add(copy);
        var person = _patientOf.GetValueOrDefault(kept, "");
        Compare(copy, "labels", Labels[kept] ?? "", label);
        Compare(copy, "patients", person, patient);
        CompareMasks(copy, _maskHashes[kept], image.Masks?.Hash ?? "");
        Compare(copy, "splits", GivenSplits[kept]?.ToName() ?? "", split?.ToName() ?? "");
        if ((string.IsNullOrEmpty(Labels[kept]) && label.Length > 0)
            || (person.Length == 0 && patient.Length > 0)
            || (GivenSplits[kept] is null && split is not null))
        {
            Completed.Add(copy);
        }

        if (string.IsNullOrEmpty(Labels[kept])) Labels[kept] = label;
        GivenSplits[kept] ??= split;
        AddPatient(kept, patient);
    }

    private void AddPatient(int index, string patient)
    {
        if (patient.Length == 0) return;
        Patients.Add((index, patient));
        _patientOf.TryAdd(index, patient);
    }

    private void Compare(DuplicateFile copy, string what, string first, string second)
    {
        if (first.Length == 0 || second.Length == 0 || NameComparer.Instance.Equals(first, second)) return;
        var line = $"copies of one image have different {what}: {copy.KeptFile} has '{first}', {copy.File} has '{second}'";
        if (strict) throw new InputException($"{line} (strict)");
        Contradictions.Add($"{line}; the image stays once{(what == "patients" ? ", and both patients in one split" : $", with '{first}'")}");
    }

    private void CompareMasks(DuplicateFile copy, string first, string second)
    {
        if (second.Length == 0 || first == second) return;
        var line = $"copies of one image have different masks: {copy.KeptFile} and {copy.File}";
        if (strict) throw new InputException($"{line} (strict)");
        Contradictions.Add($"{line}; the image stays once, with {(first.Length == 0 ? "none" : "those")} of {copy.KeptFile}");
    }

    private (string Label, string Patient, Split? Split) Known(SourceItem item)
    {
        var row = table?.Of(item.File);
        return (item.Label ?? row?.Label ?? "", names?.Of(item.File) ?? row?.Patient ?? "", item.Split ?? row?.Split);
    }

    private void Append(SourceItem item, LoadedImage image)
    {
        _bySource[image.SourceHash] = writer.Count;
        _byPixels[image.PixelHash] = writer.Count;
        var (label, patient, split) = Known(item);
        if (table is not null && table.Of(item.File) is null) WithoutRow.Add(item.File);
        AddPatient(writer.Count, patient);
        Hashes.Add(image.Perceptual);
        Apart.Add(image.Apart);
        GivenSplits.Add(split);
        Labels.Add(label);
        _maskHashes.Add(image.Masks?.Hash ?? "");
        if (image.Masks is { } cut) masks?.Note(item.File, cut);
        var entry = new ManifestEntry
        {
            File = item.File,
            Patient = patient,
            Width = image.Width,
            Height = image.Height,
            Disc = image.Disc,
            Sha256 = image.SourceHash,
        };
        writer.Append(image.Pixels, entry, image.Masks?.Bytes ?? []);
    }
}
