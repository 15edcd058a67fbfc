using System.Globalization;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Core.Progress;
using Fovea.Evaluation.Statistics;
using Fovea.Imaging.Preparation;

namespace Fovea.Judging.Grading;

/// <summary>The verdicts on some picture files, in the order of the files.</summary>
public sealed record GradedSet(IReadOnlyList<GradedImage> Images)
{
    private const int Chunk = 256;

    /// <summary>Files with a verdict.</summary>
    public int Graded => Images.Count(image => image.Probabilities is not null);

    /// <summary>Gradable files (<see cref="GradeProbabilities.IsGradable"/>).</summary>
    public int Gradable => Images.Count(image => image.Probabilities is { IsGradable: true });

    /// <summary>95 % interval of the gradable share (Wilson 1927).</summary>
    public Interval GradableShare => WilsonInterval.Of(Gradable, Graded);

    /// <summary>Reads and grades files; those that give no image are listed with the reason.</summary>
    /// <param name="grader">The judge.</param>
    /// <param name="paths">Files, and folders whose pictures are taken in the order of their names.</param>
    /// <param name="progress">Receives progress; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">A path does not exist, or nothing is to be graded.</exception>
    public static GradedSet Of(IQualityGrader grader, IEnumerable<string> paths, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(grader);
        string[] files = [.. paths.SelectMany(FilesOf)];
        if (files.Length == 0) throw new InputException("there is no picture to grade");
        var reader = new FundusReader(grader.Side);
        var images = new List<GradedImage>(files.Length);
        foreach (var chunk in files.Chunk(Chunk))
        {
            var read = new (byte[]? Pixels, string? Reason)[chunk.Length];
            Parallel.For(0, chunk.Length, new ParallelOptions { CancellationToken = cancellation }, k => read[k] = (reader.Read(chunk[k], out var reason), reason));
            var verdicts = new Queue<GradeProbabilities>(grader.Grade([.. read.Where(r => r.Pixels is not null).Select(r => r.Pixels!)], cancellation));
            images.AddRange(chunk.Zip(read, (file, r) => new GradedImage(file, r.Pixels is null ? null : verdicts.Dequeue(), r.Reason)));
            progress?.Report(new ProgressUpdate("grading", images.Count, files.Length, "images"));
        }

        return new(images);
    }

    /// <summary>A table: file, probabilities, grade, whether gradable, why skipped.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        CsvWriter.AppendRow(text, "file", "good", "usable", "reject", "grade", "gradable", "skipped");
        foreach (var image in Images)
        {
            if (image.Probabilities is { } p)
                CsvWriter.AppendRow(text, image.File, Share(p.Good), Share(p.Usable), Share(p.Reject), p.Grade.ToString().ToLowerInvariant(), p.IsGradable ? "yes" : "no", "");
            else CsvWriter.AppendRow(text, image.File, "", "", "", "", "", image.Skipped!);
        }

        return text.ToString();
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new InputException($"{path}: no such file or folder");
        var files = PictureFiles.In(path);
        return files.Length > 0 ? files : throw new InputException($"{path}: has no picture ({string.Join(", ", PictureFiles.Extensions)})");
    }

    private static string Share(double probability) => probability.ToString("F4", CultureInfo.InvariantCulture);
}
