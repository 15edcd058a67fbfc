using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Judging.Assessment.Results;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using static TorchSharp.torch;

namespace Fovea.Judging.Features.SqueezeNet;

/// <summary>Features of SqueezeNet 1.1 trained on ImageNet: a network that has never seen a retina, and so owes nothing to any generator here.</summary>
public sealed class SqueezeNetFeatures : IFeatureNetwork
{
    private const int Side = 224;
    private const int Dimensions = 512;
    private const int Batch = 16;
    private static readonly float[] BlueGreenRed = [103.939f, 116.779f, 123.68f];
    private readonly SqueezeNetModule _module;

    private SqueezeNetFeatures(SqueezeNetModule module, NetworkFacts facts)
    {
        (_module, Facts) = (module, facts);
        _module.eval();
    }

    /// <inheritdoc />
    public NetworkFacts Facts { get; }

    /// <summary>Loads its weights.</summary>
    /// <param name="path">Safetensors with the tensors conv1, fire2 to fire9.</param>
    /// <exception cref="InputException">The file is damaged or holds something else.</exception>
    public static SqueezeNetFeatures Load(string path)
    {
        var module = new SqueezeNetModule();
        try
        {
            ModuleWeights.LoadInto(module, path);
        }
        catch
        {
            module.Dispose();
            throw;
        }

        var input = "blue, green, red from 0 to 255 less 103.939, 116.779, 123.68; means of the map after fire9";
        return new(module, new NetworkFacts("SqueezeNet", FileHash.Of(path), Dimensions, Side, input, IsInception: false));
    }

    /// <inheritdoc />
    public float[] Extract(IReadOnlyList<byte[]> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var noGradient = no_grad();
        var features = new List<float>(images.Count * Dimensions);
        foreach (var batch in images.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            features.AddRange(CollectionPause.Run(() => Extract(batch)));
        }

        return [.. features];
    }

    /// <inheritdoc />
    public void Dispose() => _module.Dispose();

    private float[] Extract(byte[][] batch)
    {
        using var scope = NewDisposeScope();
        var planes = new float[batch.Length * 3 * Side * Side];
        for (var i = 0; i < batch.Length; i++)
            for (var at = 0; at < Side * Side; at++)
                for (var channel = 0; channel < 3; channel++)
                    planes[(((i * 3) + channel) * Side * Side) + at] = batch[i][(3 * at) + 2 - channel] - BlueGreenRed[channel];
        return _module.call(tensor(planes, [batch.Length, 3, Side, Side])).data<float>().ToArray();
    }
}
