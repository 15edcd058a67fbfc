using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Judges.Networks;
using Fovea.Judges.Provenance;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Judges.Grading;

/// <summary>Grades images by a trained network; the mean over the four mirror images of each.</summary>
public sealed class Grader : IQualityGrader
{
    private const int Batch = 32;
    private readonly GraderNetwork _network;

    internal Grader(GraderNetwork network, GraderMetadata metadata)
    {
        (_network, Metadata) = (network, metadata);
        _network.eval();
    }

    /// <summary>What it was trained on and how well it did.</summary>
    public GraderMetadata Metadata { get; }

    /// <inheritdoc />
    public int Side => Metadata.Judge.Side;

    /// <summary>Grades images of <see cref="Side"/> pixels a side.</summary>
    /// <param name="images">[count]: rows of 8-bit RGB pixels.</param>
    /// <param name="cancellation">Stops it between batches.</param>
    public IReadOnlyList<GradeProbabilities> Grade(IReadOnlyList<byte[]> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var noGradient = no_grad();
        var grades = new List<GradeProbabilities>(images.Count);
        foreach (var batch in images.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            grades.AddRange(CollectionPause.Run(() => GradeBatch(batch)));
        }

        return grades;
    }

    internal void Save(string path, GraderMetadata metadata, bool asHalf) => GraderFile.Save(path, _network, metadata, asHalf);

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    private List<GradeProbabilities> GradeBatch(byte[][] batch)
    {
        using var scope = NewDisposeScope();
        var images = ImageTensors.FromPixels(batch, Side, _network.Device());
        Tensor[] views = [images, images.flip(2), images.flip(3), images.flip(2, 3)];
        var sum = views.Select(view => nn.functional.softmax(_network.call(view), 1)).Aggregate((left, right) => left.Plus(right));
        var values = TensorSpans.ToArray<float>(sum.Over(views.Length));
        return [.. values.Chunk(3).Select(row => new GradeProbabilities(row[0], row[1], row[2]))];
    }
}

/// <summary>A judge of whether images can be read.</summary>
public interface IQualityGrader : IDisposable
{
    /// <summary>Side of its input in pixels.</summary>
    int Side { get; }

    /// <summary>Grades images.</summary>
    /// <param name="images">[count]: 8-bit RGB rows [side, side, 3].</param>
    /// <param name="cancellation">Stops it between batches.</param>
    IReadOnlyList<GradeProbabilities> Grade(IReadOnlyList<byte[]> images, CancellationToken cancellation = default);
}

/// <summary>What is stored with a grader's weights.</summary>
/// <param name="Judge">What is stored with those of any judge.</param>
/// <param name="Confusion">Its verdicts on held-out images, of these very weights; null before they are measured, and in older files.</param>
public sealed record GraderMetadata(JudgeMetadata Judge, GraderConfusion? Confusion = null)
{
    private const string Kind = "grader";
    private const string ConfusionKey = "fovea.confusion";

    /// <summary>What it has learnt from; null when the file does not say.</summary>
    public ImageTraces? Traces => Judge.Traces;

    internal Dictionary<string, string> ToMetadata()
    {
        var metadata = Judge.ToMetadata(Kind);
        if (Confusion is not null) metadata[ConfusionKey] = JsonSerializer.Serialize(Confusion);
        return metadata;
    }

    internal static GraderMetadata FromMetadata(IReadOnlyDictionary<string, string> metadata, string path) => JudgeMetadata.FromMetadata(
        metadata, path, (Kind, "a grader"),
        judge => new GraderMetadata(
            judge,
            metadata.TryGetValue(ConfusionKey, out var confusion) ? ReadConfusion(confusion) : null));

    private static GraderConfusion? ReadConfusion(string text)
    {
        var grades = Enum.GetValues<QualityGrade>().Length;
        var confusion = JsonSerializer.Deserialize<GraderConfusion>(text);
        var isSound = confusion is null
            || (confusion is { Refused: >= 0, Passed: >= 0, Counts: { } counts } && counts.Count == grades
                && counts.All(row => row is not null && row.Count == grades && row.All(count => count >= 0)));
        return isSound ? confusion : throw new FormatException($"{ConfusionKey} is no table of {grades} × {grades} numbers of images");
    }
}

/// <summary>Saves and loads graders.</summary>
public static class GraderFile
{
    /// <summary>Loads a grader, in single or half precision; on the CPU where no context is given.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or holds something else.</exception>
    public static Grader Load(string path, ComputeContext? compute = null)
    {
        if (!File.Exists(path))
        {
            throw new InputException(
                $"{path}: no such file (a grader's weights); graders that come with the program: {string.Join(", ", ShippedJudges.Graders)}");
        }

        var metadata = GraderMetadata.FromMetadata(SafetensorsFile.LoadHeader(path).Metadata, path);
        var network = ModuleWeights.Fill(new GraderNetwork(metadata.Judge.Side, metadata.Judge.Width), path, acceptHalf: true);
        return new Grader(network.On(compute), metadata);
    }

    internal static void Save(string path, GraderNetwork network, GraderMetadata metadata, bool asHalf = false) =>
        ModuleWeights.Save(network, path, metadata.ToMetadata(), asHalf);
}
