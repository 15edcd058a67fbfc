using Fovea.Judging.Networks;
using Fovea.Torch.Runtime;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Judging.Grading;

/// <summary>Grades images by a trained network; the mean over the four mirror images of each.</summary>
public sealed class Grader : IQualityGrader
{
    private const int Batch = 32;
    private readonly GraderNetwork _network;

    internal Grader(GraderNetwork network, GraderFacts facts)
    {
        (_network, Facts) = (network, facts);
        _network.eval();
    }

    /// <summary>What it was trained on and how well it did.</summary>
    public GraderFacts Facts { get; }

    /// <inheritdoc />
    public int Side => Facts.Judge.Side;

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

    internal void Save(string path, GraderFacts facts, bool asHalf) => GraderFile.Save(path, _network, facts, asHalf);

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    private List<GradeProbabilities> GradeBatch(byte[][] batch)
    {
        using var scope = NewDisposeScope();
        var images = ImageTensors.FromPixels(batch, Side);
        Tensor[] views = [images, images.flip(2), images.flip(3), images.flip(2, 3)];
        var sum = views.Select(view => nn.functional.softmax(_network.call(view), 1)).Aggregate((left, right) => left + right);
        var values = sum.div(views.Length).data<float>().ToArray();
        return [.. values.Chunk(3).Select(row => new GradeProbabilities(row[0], row[1], row[2]))];
    }
}
