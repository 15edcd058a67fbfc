using System.Security.Cryptography;
using System.Text;
using Fovea.Core.Files;
using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Features.Onnx;

/// <summary>Features by a user's network: Inception for the standard FID, RETFound, or any other.</summary>
public sealed class OnnxFeatures : IFeatureNetwork
{
    private readonly OnnxNetwork _network;

    private OnnxFeatures(OnnxNetwork network, string path)
    {
        _network = network;
        var input = network.Input;
        // Another way of putting pixels to it makes other features: it is part of what is hashed.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FileHash.Of(path) + input.Words + input.Side + input.Output)));
        Facts = new NetworkFacts(input.Name.Length > 0 ? input.Name : Path.GetFileNameWithoutExtension(path), hash, network.Dimensions, input.Side, input.Words, input.IsInception);
    }

    /// <inheritdoc />
    public NetworkFacts Facts { get; }

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
