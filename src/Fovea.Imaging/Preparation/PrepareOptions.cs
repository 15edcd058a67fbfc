using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Framing;

namespace Fovea.Imaging.Preparation;

/// <summary>Which pictures a preparation takes.</summary>
public enum AcceptedPictures
{
    /// <summary>Fundus photographs.</summary>
    Fundus,

    /// <summary>Pictures of any kind.</summary>
    Any,
}

/// <summary>The settings of <see cref="DatasetPreparation"/>.</summary>
public sealed record PrepareOptions
{
    /// <summary>A folder of pictures (searched with its subfolders) or a MedMNIST .npz file.</summary>
    public required string Source { get; init; }

    /// <summary>The dataset folder to write.</summary>
    public required string Output { get; init; }

    /// <summary>Width and height of the images: 16, 32, 64, 128, 256 or 512 pixels.</summary>
    public int Size { get; init; } = 64;

    /// <summary>
    /// Which pictures are taken. Null: what <see cref="Framing"/> is made for; without one, fundus photographs of a folder; of a MedMNIST
    /// file, whose images are cropped already, all, and its name says whether they are of the retina.
    /// </summary>
    public AcceptedPictures? Accept { get; init; }

    /// <summary>
    /// How the square of an image is found. Null: the disc for fundus photographs of a folder; the whole picture for others and for the
    /// images of a MedMNIST file.
    /// </summary>
    public FramingKind? Framing { get; init; }

    /// <summary>A folder with a mask of each picture, or with one for each class of mask; null for none.</summary>
    public string? Masks { get; init; }

    /// <summary>A CSV file with one row a picture; null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>
    /// The column that names the picture: relative path, file name, or name without extension. Null: file, filename, image or path, whichever is there.
    /// </summary>
    public string? FileColumn { get; init; }

    /// <summary>The column with the class; <c>none</c> for no column. Null: <c>label</c> if the table has it.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>
    /// The column with the patient; <c>none</c> for no column. Null: patient, patient_id, person, subject or the like, whichever
    /// the table has.
    /// </summary>
    public string? PatientColumn { get; init; }

    /// <summary>
    /// A regular expression that finds the patient in a file's name without extension (in its relative path without extension when
    /// there is a slash in the expression): the group <c>patient</c>, else the first group, else all that it matches. Null for none.
    /// </summary>
    public string? PatientPattern { get; init; }

    /// <summary>The column with train, val or test; <c>none</c> for no column. Null: <c>split</c> if the table has it.</summary>
    public string? SplitColumn { get; init; }

    /// <summary>Only photographs whose row in <see cref="Labels"/> meets all of these are taken; empty for all photographs.</summary>
    public IReadOnlyList<RowCondition> Where { get; init; } = [];

    /// <summary>
    /// Dataset folders; photographs that are in one of them, near-duplicates of those and everything tied to them by patient are
    /// left out.
    /// </summary>
    public IReadOnlyList<string> ApartFrom { get; init; } = [];

    /// <summary>The share of images for the val split where no column gives it; in [0, 0.5].</summary>
    public double ValFraction { get; init; } = 0.1;

    /// <summary>True: a file that gives no image, or a table row without a file, is an error.</summary>
    public bool Strict { get; init; }

    /// <summary>True: a dataset in the output folder is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Pictures whose header announces more pixels are refused before they are decoded.</summary>
    public long MaxPixels { get; init; } = ImageDecoder.DefaultMaxPixels;

    /// <summary>Pictures worked on at once; 0 for one a processor core. Has no influence on the result.</summary>
    public int Threads { get; init; }

    /// <summary>Throws <see cref="InputException"/> with every problem of the settings in one line.</summary>
    public void Validate()
    {
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(Source)) problems.Add("source: a folder or a .npz file is needed");
        if (string.IsNullOrWhiteSpace(Output)) problems.Add("output: a folder is needed");
        if (!string.IsNullOrWhiteSpace(Source) && !string.IsNullOrWhiteSpace(Output) && FullPath(Source) == FullPath(Output))
            problems.Add($"output: {Output} is the source");
        if (Size is not (16 or 32 or 64 or 128 or 256 or 512)) problems.Add($"size is {Size}; 16, 32, 64, 128, 256 and 512 are allowed");
        if (Framing == FramingKind.Retina && Accept == AcceptedPictures.Any)
        {
            problems.Add(
                "framing retina finds the disc of fundus photographs, and accept any takes others too; choose framing object or whole, or leave accept out");
        }

        if (!(ValFraction is >= 0 and <= 0.5)) problems.Add($"val-fraction is {ValFraction}; 0 to 0.5 is allowed");
        if (MaxPixels is < 1 or > 700_000_000) problems.Add($"max-pixels is {MaxPixels}; 1 to 700000000 is allowed");
        if (Threads is < 0 or > 1024) problems.Add($"threads is {Threads}; 0 to 1024 is allowed");
        if (PatientPattern is not null && PatientColumn is not null && !IsNone(PatientColumn))
            problems.Add("patient-column and patient-pattern are both given; one of them says who the patient is");
        if (PatientPattern is not null && FileNamePersons.Fault(PatientPattern) is { } fault) problems.Add(fault);
        if (Labels is null
            && new[] { FileColumn, LabelColumn, PatientColumn, SplitColumn }.FirstOrDefault(
                name => name is not null && !IsNone(name)) is { } column)
        {
            problems.Add($"column '{column}' is chosen but no label table is given (labels)");
        }

        if (Labels is null && Where.Count > 0) problems.Add($"the condition {Where[0]} (where) needs a label table (labels)");
        if (ApartFrom.Any(string.IsNullOrWhiteSpace)) problems.Add("apart-from: a dataset folder is needed");
        else if (!string.IsNullOrWhiteSpace(Output) && ApartFrom.FirstOrDefault(folder => FullPath(folder) == FullPath(Output)) is { } same)
            problems.Add($"apart-from: {same} is the output folder");
        if (Masks is not null && string.IsNullOrWhiteSpace(Masks))
        {
            problems.Add("masks: a folder is needed");
        }
        else if (Masks is not null
            && new[] { Source, Output }.FirstOrDefault(folder => !string.IsNullOrWhiteSpace(folder) && FullPath(folder) == FullPath(Masks)) is { } shared)
        {
            problems.Add($"masks: {shared} is the {(shared == Source ? "source" : "output")}; masks lie in a folder of their own");
        }

        if (problems.Count > 0) throw new InputException(string.Join("; ", problems));
    }

    /// <summary>Whether a column's name says that there is none.</summary>
    internal static bool IsNone(string column) => column.Trim() is "" or "none";

    /// <summary>Whether the images of the source are fundus photographs.</summary>
    internal bool IsFundus => (Accept, Framing) switch
    {
        ({ } accept, _) => accept == AcceptedPictures.Fundus,
        (null, FramingKind.Retina) => true,
        (null, FramingKind.LargestObject) => false,
        (null, FramingKind.Whole) when Directory.Exists(Source) => false,
        _ => Directory.Exists(Source) || Path.GetFileName(Source).Contains("retina", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>The framing that is used where none was asked for, too.</summary>
    internal FramingKind FramingInUse => Framing ?? (Directory.Exists(Source) && IsFundus ? FramingKind.Retina : FramingKind.Whole);

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}

/// <summary>The settings of a preparation as dataset.json records them.</summary>
internal static class PreparationSettings
{
    public static Dictionary<string, string> Describe(PrepareOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["size"] = options.Size.ToString(CultureInfo.InvariantCulture),
            ["valFraction"] = options.ValFraction.ToString(CultureInfo.InvariantCulture),
            ["maxPixels"] = options.MaxPixels.ToString(CultureInfo.InvariantCulture),
            ["nearDuplicateBits"] = NearDuplicateFinder.MaxDistance.ToString(CultureInfo.InvariantCulture),
            // Names without folders: a path may hold the name of a user or of a patient.
            ["source"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Source))),
        };
        if (options.Accept is { } accept) settings["accept"] = accept == AcceptedPictures.Any ? "any" : "fundus";
        if (options.Masks is not null) settings["masks"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Masks)));
        if (options.Labels is not null) settings["labels"] = Path.GetFileName(options.Labels);
        if (options.FileColumn is not null) settings["fileColumn"] = options.FileColumn;
        if (options.LabelColumn is not null) settings["labelColumn"] = options.LabelColumn;
        if (options.PatientColumn is not null) settings["patientColumn"] = options.PatientColumn;
        if (options.PatientPattern is not null) settings["patientPattern"] = options.PatientPattern;
        if (options.SplitColumn is not null) settings["splitColumn"] = options.SplitColumn;
        return settings;
    }
}

/// <summary>What a preparation works on.</summary>
/// <param name="Kind">The kind of source as dataset.json names it.</param>
/// <param name="Items">The pictures, in order.</param>
/// <param name="Total">Their number.</param>
/// <param name="Table">The label table, if there is one.</param>
/// <param name="Conditions">What the conditions on the table's rows left out; empty without conditions.</param>
internal sealed record PreparationInput(
    string Kind, IEnumerable<SourceItem> Items, long Total, LabelTable? Table, IReadOnlyList<AppliedFilter> Conditions)
{
    /// <summary>Finds patients in the files' names; null when that was not asked for.</summary>
    public FileNamePersons? Names { get; init; }

    /// <summary>The pictures' masks; null for none.</summary>
    public MaskFolder? Masks { get; init; }

    /// <summary>What the source folder holds; null for a file.</summary>
    public PictureListing? Listing { get; init; }

    /// <summary>What is to be told of the labels of a file; null for nothing.</summary>
    public string? Remark { get; init; }
}
