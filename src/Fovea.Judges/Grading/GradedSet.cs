using System.Globalization;
using System.Text;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Preparation;
using Fovea.Judges.Images;
using Fovea.Metrics.Statistics;

namespace Fovea.Judges.Grading;

/// <summary>The verdicts on some picture files, in the order of the files.</summary>
public sealed record GradedSet(IReadOnlyList<GradedImage> Images)
{
    private const int Chunk = 256;

    /// <summary>Files with a verdict.</summary>
    public int Graded => Images.Count(image => image.Probabilities is not null);

    /// <summary>Gradable files (<see cref="GradeProbabilities.IsGradable"/>).</summary>
    public int Gradable => Images.Count(image => image.Probabilities is { IsGradable: true });

    /// <summary>95 % interval of the gradable share (Wilson 1927).</summary>
    public Interval GradableShare => WilsonInterval.Estimate(Gradable, Graded);

    /// <summary>How many verdicts each grader gave, by its name.</summary>
    public IReadOnlyList<(string Grader, int Graded)> ByGrader =>
        [.. Images.Where(image => image.Probabilities is not null)
            .GroupBy(image => image.Grader)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count()))];

    /// <summary>What was passed over in the folders, counted by kind, a line a folder.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>Reads and grades files; those that give no image are listed with the reason.</summary>
    /// <param name="graders">The judges by name: each picture goes to the one of the largest side that is not above the picture's shorter side, or to the
    /// smallest one.</param>
    /// <param name="paths">Files, and folders whose pictures, and those of the folders in them, are taken in the order of their names.</param>
    /// <param name="threads">Threads that read pictures; 0 for all cores.</param>
    /// <param name="progress">Receives progress; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">A path does not exist, or nothing is to be graded.</exception>
    public static GradedSet Grade(
        IReadOnlyList<(string Name, IQualityGrader Grader)> graders,
        IEnumerable<string> paths,
        int threads = 0,
        IProgress<ProgressUpdate>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graders);
        var passedOver = new List<string>();
        string[] given = [.. paths.SelectMany(path => FilesOf(path, passedOver))];
        if (given.Length == 0) throw new InputException("there is no picture to grade");
        string[] files = [.. given.DistinctBy(file => RealPath.Of(Path.GetFullPath(file)) ?? file)];
        if (given.Length > files.Length) passedOver.Add($"given more than once, and graded once: {Counted.Of(given.Length - files.Length, "picture")}");
        (string Name, IQualityGrader Grader)[] rising = [.. graders.OrderBy(grader => grader.Grader.Side)];
        var images = new List<GradedImage>(files.Length);
        foreach (var chunk in files.Chunk(Chunk))
        {
            images.AddRange(Grade(rising, chunk, threads, cancellation));
            progress?.Report(new ProgressUpdate("grading", images.Count, files.Length, "images"));
        }

        return new(images) { PassedOver = passedOver };
    }

    /// <summary>A table: file, probabilities, grade, whether gradable, why skipped, by which grader.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        CsvWriter.AppendRow(text, "file", "good", "usable", "reject", "grade", "gradable", "skipped", "grader");
        foreach (var image in Images)
        {
            if (image.Probabilities is { } p)
            {
                CsvWriter.AppendRow(
                    text, image.File, Share(p.Good), Share(p.Usable), Share(p.Reject), p.Grade.ToString().ToLowerInvariant(),
                    p.IsGradable ? "yes" : "no", "", image.Grader);
            }
            else
            {
                CsvWriter.AppendRow(text, image.File, "", "", "", "", "", image.Skipped!, "");
            }
        }

        return text.ToString();
    }

    private static GradedImage[] Grade((string Name, IQualityGrader Grader)[] rising, string[] files, int threads, CancellationToken cancellation)
    {
        FramedPictureReader[] readers = [.. rising.Select(grader => new FramedPictureReader(grader.Grader.Side))];
        var read = new (FramedPicture Picture, int Judge)[files.Length];
        Parallel.For(0, files.Length, Workers.Of(threads, cancellation), k =>
        {
            // At the largest side first: what goes to a smaller one is small itself, and read again in no time.
            var picture = readers[^1].Read(files[k]);
            var judge = Math.Max(0, Array.FindLastIndex(rising, grader => grader.Grader.Side <= picture.ShorterSide));
            read[k] = (picture.Pixels is null || judge == rising.Length - 1 ? picture : readers[judge].Read(files[k]), judge);
        });
        var images = new GradedImage[files.Length];
        for (var judge = 0; judge < rising.Length; judge++)
        {
            int[] own = [.. Enumerable.Range(0, files.Length).Where(k => read[k].Picture.Pixels is not null && read[k].Judge == judge)];
            if (own.Length == 0) continue;
            foreach (var (k, verdict) in own.Zip(rising[judge].Grader.Grade([.. own.Select(k => read[k].Picture.Pixels!)], cancellation)))
            {
                images[k] = verdict.IsKnown
                    ? new GradedImage(files[k], verdict, null) { Grader = rising[judge].Name, Repair = read[k].Picture.Repair }
                    : new GradedImage(files[k], null, "the grader has no finite number for it");
            }
        }

        for (var k = 0; k < images.Length; k++) images[k] ??= new GradedImage(files[k], null, read[k].Picture.Reason);
        return images;
    }

    private static IEnumerable<string> FilesOf(string path, List<string> passedOver)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new InputException($"{path}: no such file or folder");
        var listing = PictureFiles.Enumerate(path);
        if (FolderImages.PassedOver(listing, documents: true) is { } passed) passedOver.Add($"{path}: passed over: {passed}");
        return listing.Files.Count > 0
            ? listing.Files.Select(file => Path.Combine(path, file))
            : throw new InputException($"{path}: has no picture ({string.Join(", ", PictureFiles.Extensions)})");
    }

    private static string Share(double probability) => probability.ToString("F4", CultureInfo.InvariantCulture);
}

/// <summary>A picture file and its verdict.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Probabilities">The verdict; null for a file that gives no image.</param>
/// <param name="Skipped">Why there is no verdict; null when there is one.</param>
public sealed record GradedImage(string File, GradeProbabilities? Probabilities, string? Skipped)
{
    /// <summary>Name of the grader that gave the verdict; empty where there is none.</summary>
    public string Grader { get; init; } = "";

    /// <summary>What was damaged, where the decoder made up a part of the picture; null for a sound file.</summary>
    public string? Repair { get; init; }
}
