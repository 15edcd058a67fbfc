using Fovea.Core.Errors;
using Fovea.Judges.Grading;

namespace Fovea.Judges.Features.Onnx;

/// <summary>Features by a user's network: Inception for the standard FID, RETFound, or any other.</summary>
public sealed class OnnxFeatures : IFeatureNetwork
{
    private readonly OnnxNetwork _network;

    private OnnxFeatures(OnnxNetwork network, string path)
    {
        _network = network;
        var input = network.Input;
        Description = new FeatureNetworkDescription(
            input.Name.Length > 0 ? input.Name : Path.GetFileNameWithoutExtension(path),
            OnnxNetwork.HashOf(path), network.Dimensions, input.Side, input.Words, input.IsInception);
    }

    /// <inheritdoc />
    public FeatureNetworkDescription Description { get; }

    /// <summary>Opens a network.</summary>
    /// <param name="path">The ONNX file, with <see cref="OnnxInput"/> beside it.</param>
    /// <param name="threads">Threads; 0 for all cores.</param>
    /// <exception cref="Core.Errors.InputException">The file is no network, or takes or gives something else.</exception>
    public static OnnxFeatures Load(string path, int threads = 0) => new(OnnxNetwork.Open(path, threads), path);

    /// <inheritdoc />
    public float[] Extract(IReadOnlyList<byte[]> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return _network.Run(images, cancellation);
    }

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();
}

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
