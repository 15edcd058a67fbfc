using System.Globalization;
using System.Text;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Phantom;

/// <summary>Writes datasets of phantom images: the data that needs no download.</summary>
public static class PhantomDataset
{
    /// <summary>Name of the table beside the manifest that tells eye, grade, quality and fault of each image.</summary>
    public const string TableName = "phantom.csv";

    private const int BatchSize = 64;
    private const int PatientsPerValidation = 10;

    /// <summary>
    /// Renders <see cref="PhantomOptions.Count"/> images with their masks into a dataset folder. Persons, not images, are split: each tenth goes to
    /// validation (of fewer than ten the last, of one none). The bytes depend on the options alone, not on the threads.
    /// Throws <see cref="Fovea.Core.Errors.InputException"/> for bad options or a folder that cannot be written; when cancelled,
    /// no dataset is left.
    /// </summary>
    public static void Write(PhantomOptions options, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var writer = new DatasetWriter(options.Folder, options.Size, options.Force, PhantomRenderer.MaskNames);
        var parallel = Workers.Of(options.Threads, cancellation);
        var table = new PhantomTable();
        var images = new (PhantomParameters Parameters, byte[] Pixels, byte[] Masks)[BatchSize];
        for (var first = 0; first < options.Count; first += BatchSize)
        {
            var start = first;
            var count = Math.Min(BatchSize, options.Count - first);
            Parallel.For(0, count, parallel, i => images[i] = Render(options, start + i));
            foreach (var (parameters, pixels, masks) in images.AsSpan(0, count))
            {
                writer.Append(pixels, Entry(parameters, options), masks);
                table.Add(parameters, FileName(parameters));
            }

            progress?.Report(new ProgressUpdate("Drawing phantoms", first + count, options.Count, "images"));
        }

        writer.Complete(Summary(options));
        table.Write(Path.Combine(options.Folder, TableName));
    }

    /// <summary>The split of a person in a dataset of <paramref name="count"/> images.</summary>
    internal static Split SplitOf(int patient, int count)
    {
        var patients = (count + 1) / 2;
        var chosen = patients < PatientsPerValidation
            ? patients > 1 && patient == patients - 1
            : patient % PatientsPerValidation == PatientsPerValidation - 1;
        return chosen ? Split.Val : Split.Train;
    }

    private static (PhantomParameters Parameters, byte[] Pixels, byte[] Masks) Render(PhantomOptions options, int index)
    {
        var parameters = PhantomParameters.Sample(options.Seed, index);
        return (parameters, PhantomRenderer.Render(parameters, options.Size), PhantomRenderer.Masks(parameters, options.Size));
    }

    private static ManifestEntry Entry(PhantomParameters parameters, PhantomOptions options)
    {
        var camera = parameters.Camera;
        var half = options.Size * 0.5;
        var kind = camera.UpperCut < 1 || camera.LowerCut < 1 ? DiscKind.Truncated : DiscKind.Circle;
        return new ManifestEntry
        {
            File = FileName(parameters),
            Patient = Name(parameters.Patient),
            Split = SplitOf(parameters.Patient, options.Count),
            Label = options.Label == PhantomLabel.DrGrade ? parameters.DrGrade : (int)parameters.Quality,
            Width = options.Size,
            Height = options.Size,
            Disc = new RetinaDisc(kind, half, half, half * camera.Fill),
        };
    }

    private static DatasetSummary Summary(PhantomOptions options) => new()
    {
        Source = "phantom",
        ClassNames = options.Label == PhantomLabel.DrGrade ? DrGradeNames.All : ["good", "usable", "reject"],
        Settings = new Dictionary<string, string>
        {
            ["count"] = options.Count.ToString(CultureInfo.InvariantCulture),
            ["size"] = options.Size.ToString(CultureInfo.InvariantCulture),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["label"] = options.Label == PhantomLabel.DrGrade ? "dr_grade" : "quality",
        },
    };

    private static string FileName(PhantomParameters parameters) =>
        $"{Name(parameters.Patient)}_{(parameters.Eye == EyeSide.Left ? "left" : "right")}";

    private static string Name(int patient) => "p" + patient.ToString("D6", CultureInfo.InvariantCulture);
}

/// <summary>The table of what is known of each phantom image beyond its label.</summary>
internal sealed class PhantomTable
{
    private readonly StringBuilder _text = new();

    public PhantomTable() => CsvWriter.AppendRow(
        _text, "index", "file", "eye", "dr_grade", "quality", "fault", "fault_severity", "disc_centred", "field_of_view_degrees");

    public void Add(PhantomParameters parameters, string file) => CsvWriter.AppendRow(
        _text,
        parameters.Index.ToString(CultureInfo.InvariantCulture),
        file,
        Lower(parameters.Eye),
        parameters.DrGrade.ToString(CultureInfo.InvariantCulture),
        Lower(parameters.Quality),
        Lower(parameters.Fault),
        parameters.FaultSeverity.ToString("F3", CultureInfo.InvariantCulture),
        parameters.Camera.DiscCentred ? "true" : "false",
        parameters.Camera.FieldOfView.ToString("F1", CultureInfo.InvariantCulture));

    public void Write(string path)
    {
        try
        {
            AtomicFile.WriteText(path, _text.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written ({e.Message})", e);
        }
    }

    private static string Lower<T>(T name) where T : struct, Enum => name.ToString().ToLowerInvariant();
}
