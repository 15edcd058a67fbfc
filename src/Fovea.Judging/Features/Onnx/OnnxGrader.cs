using Fovea.Core.Errors;
using Fovea.Judging.Grading;

namespace Fovea.Judging.Features.Onnx;

/// <summary>A user's grader: an ONNX network with three outputs, logits of good, usable, reject in that order.</summary>
public sealed class OnnxGrader : IQualityGrader
{
    private const int Grades = 3;
    private readonly OnnxNetwork _network;

    private OnnxGrader(OnnxNetwork network) => _network = network;

    /// <inheritdoc />
    public int Side => _network.Input.Side;

    /// <summary>Opens a grader.</summary>
    /// <param name="path">The ONNX file, with <see cref="OnnxInput"/> beside it.</param>
    /// <param name="threads">Threads; 0 for all cores.</param>
    /// <exception cref="InputException">The file is no network, or has other outputs.</exception>
    public static OnnxGrader Load(string path, int threads = 0)
    {
        var network = OnnxNetwork.Open(path, threads);
        if (network.Dimensions == Grades) return new(network);
        network.Dispose();
        throw new InputException($"{path}: a grader gives 3 numbers an image (logits of good, usable, reject); this one gives {network.Dimensions}");
    }

    /// <inheritdoc />
    public IReadOnlyList<GradeProbabilities> Grade(IReadOnlyList<byte[]> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return [.. _network.Run(images, cancellation).Chunk(Grades).Select(Softmax)];
    }

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    private static GradeProbabilities Softmax(float[] logits)
    {
        var most = logits.Max();
        double[] weights = [.. logits.Select(logit => Math.Exp(logit - most))];
        var sum = weights.Sum();
        // Where an output is not finite no share is: the image has no grade.
        return new(weights[0] / sum, weights[1] / sum, weights[2] / sum);
    }
}
