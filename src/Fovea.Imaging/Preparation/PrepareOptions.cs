using Fovea.Core.Errors;
using Fovea.Imaging.Decoding;

namespace Fovea.Imaging.Preparation;

/// <summary>Which pictures a preparation takes.</summary>
public enum AcceptedPictures
{
    /// <summary>Fundus photographs, cropped to the retina.</summary>
    Fundus,

    /// <summary>Any pictures, whole, with black beside the shorter side.</summary>
    Any,
}

/// <summary>The settings of <see cref="DatasetPreparation"/>.</summary>
public sealed record PrepareOptions
{
    /// <summary>A folder of pictures (searched with its subfolders) or a MedMNIST .npz file.</summary>
    public required string Source { get; init; }

    /// <summary>The dataset folder to write.</summary>
    public required string Output { get; init; }

    /// <summary>Width and height of the images: 64, 128, 256 or 512 pixels.</summary>
    public int Size { get; init; } = 64;

    /// <summary>
    /// Which pictures are taken. Null: fundus photographs of a folder; of a MedMNIST file, whose images are cropped already, all, and
    /// its name says whether they are of the retina.
    /// </summary>
    public AcceptedPictures? Accept { get; init; }

    /// <summary>A CSV file with one row a picture; null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>The column that names the picture: relative path, file name, or name without extension. Null: file, filename, image or path, whichever is there.</summary>
    public string? FileColumn { get; init; }

    /// <summary>The column with the class. Null: <c>label</c> if the table has it.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The column with the patient. Null: <c>patient</c> if the table has it.</summary>
    public string? PatientColumn { get; init; }

    /// <summary>The column with train, val or test. Null: <c>split</c> if the table has it.</summary>
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
        if (!string.IsNullOrWhiteSpace(Source) && !string.IsNullOrWhiteSpace(Output) && FullPath(Source) == FullPath(Output)) problems.Add($"output: {Output} is the source");
        if (Size is not (64 or 128 or 256 or 512)) problems.Add($"size is {Size}; 64, 128, 256 and 512 are allowed");
        if (!(ValFraction is >= 0 and <= 0.5)) problems.Add($"val-fraction is {ValFraction}; 0 to 0.5 is allowed");
        if (MaxPixels is < 1 or > 700_000_000) problems.Add($"max-pixels is {MaxPixels}; 1 to 700000000 is allowed");
        if (Threads is < 0 or > 1024) problems.Add($"threads is {Threads}; 0 to 1024 is allowed");
        if (Labels is null && (FileColumn ?? LabelColumn ?? PatientColumn ?? SplitColumn) is { } column)
            problems.Add($"column '{column}' is chosen but no label table is given (labels)");
        if (Labels is null && Where.Count > 0) problems.Add($"the condition {Where[0]} (where) needs a label table (labels)");
        if (ApartFrom.Any(string.IsNullOrWhiteSpace)) problems.Add("apart-from: a dataset folder is needed");
        else if (!string.IsNullOrWhiteSpace(Output) && ApartFrom.FirstOrDefault(folder => FullPath(folder) == FullPath(Output)) is { } same)
            problems.Add($"apart-from: {same} is the output folder");
        if (problems.Count > 0) throw new InputException(string.Join("; ", problems));
    }

    /// <summary>Whether the images of the source are fundus photographs.</summary>
    internal bool IsFundus => Accept switch
    {
        AcceptedPictures.Fundus => true,
        AcceptedPictures.Any => false,
        _ => Directory.Exists(Source) || Path.GetFileName(Source).Contains("retina", StringComparison.OrdinalIgnoreCase),
    };

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
