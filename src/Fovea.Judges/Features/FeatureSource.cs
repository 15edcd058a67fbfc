using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Judges.Features.Fundus;
using Fovea.Judges.Features.Onnx;
using Fovea.Judges.Images;
using Fovea.Judges.Provenance;
using Fovea.Metrics;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;

namespace Fovea.Judges.Features;

/// <summary>Features of sets of images by one network, from the cache where they are in it.</summary>
/// <param name="network">The network.</param>
/// <param name="cache">What was measured before.</param>
/// <param name="progress">Told how far it is.</param>
public sealed class FeatureSource(IFeatureNetwork network, FeatureCache cache, IProgress<ProgressUpdate>? progress)
{
    private const int Chunk = 256;

    /// <summary>The network.</summary>
    public FeatureNetworkDescription Network => network.Description;

    /// <summary>The features of a set's images, which are brought to the network's side first.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellation">Stops it between chunks.</param>
    /// <exception cref="Core.Errors.InputException">A feature is not finite.</exception>
    public FeatureMatrix Extract(ImageSet images, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Matrix(Rows(images, cancellation).OrderBy(row => row.Image).Select(row => row.Values));
    }

    /// <summary>The features of the images that the network has finite ones for, in the order of their contents; null where it has none.</summary>
    internal ImageFeatures Finite(ImageSet images, CancellationToken cancellation)
    {
        var rows = Rows(images, cancellation);
        (int Image, float[] Values)[] finite = [.. rows.Where(row => Array.TrueForAll(row.Values, float.IsFinite))];
        int[] left = [.. rows.Select(row => row.Image).Except(finite.Select(row => row.Image)).Order()];
        return new(finite.Length > 0 ? Matrix(finite.Select(row => row.Values)) : null, [.. finite.Select(row => row.Image)], left);
    }

    private (int Image, float[] Values)[] Rows(ImageSet images, CancellationToken cancellation) =>
        [.. images.ContentOrder.Zip(
            cache.Get(network.Description, images.Description.ContentHash, images.Count, () => Measure(images, cancellation))
                .Chunk(network.Description.Dimensions))];

    private FeatureMatrix Matrix(IEnumerable<float[]> rows) =>
        new([.. rows.SelectMany(row => row)], network.Description.Dimensions, network.Description.Name, network.Description.Hash);

    private float[] Measure(ImageSet images, CancellationToken cancellation)
    {
        var (description, values) = (network.Description, new float[images.Count * network.Description.Dimensions]);
        for (var first = 0; first < images.Count; first += Chunk)
        {
            var chunk = images.At(description.Side, [.. images.ContentOrder.Skip(first).Take(Chunk)]);
            network.Extract(chunk, cancellation).CopyTo(values, first * description.Dimensions);
            progress?.Report(new ProgressUpdate($"features of {description.Name}", first + chunk.Length, images.Count, "images"));
        }

        return values;
    }
}

/// <summary>Features of a set's images in the order of the images' contents.</summary>
/// <param name="Matrix">The features; null when there are none.</param>
/// <param name="Images">The number, in its set, of the image of each row.</param>
/// <param name="LeftOut">The numbers of images without finite features.</param>
public sealed record ImageFeatures(FeatureMatrix? Matrix, IReadOnlyList<int> Images, IReadOnlyList<int> LeftOut)
{
    /// <summary>The same in the order of the set, with the images' numbers.</summary>
    public (FeatureMatrix Matrix, int[] Images) InOrder()
    {
        int[] order = [.. Enumerable.Range(0, Images.Count).OrderBy(row => Images[row])];
        return (Matrix!.Select(order), [.. order.Select(row => Images[row])]);
    }
}

/// <summary>A network that makes features of images.</summary>
public interface IFeatureNetwork : IDisposable
{
    /// <summary>Name, hash, dimensions, side and convention of the input.</summary>
    FeatureNetworkDescription Description { get; }

    /// <summary>The features of images, [count · dimensions], row by row.</summary>
    /// <param name="images">[count]: rows of 8-bit RGB pixels [side, side, 3] at the network's side.</param>
    /// <param name="cancellation">Stops it between batches.</param>
    float[] Extract(IReadOnlyList<byte[]> images, CancellationToken cancellation = default);
}

/// <summary>Opens feature networks by name or file.</summary>
public static class FeatureNetworks
{
    /// <summary>The shipped network.</summary>
    public const string Shipped = "fundusnet";

    /// <summary>Opens a network.</summary>
    /// <param name="name"><see cref="Shipped"/>, safetensors of FundusNet or SqueezeNet 1.1, or an ONNX file.</param>
    /// <param name="threads">Threads of an ONNX network, which runs on the CPU; 0 for all cores.</param>
    /// <param name="compute">Gives the device of the others; the CPU when null.</param>
    /// <exception cref="InputException">There is no such network, or the file holds something else.</exception>
    public static IFeatureNetwork Open(string name, int threads = 0, ComputeContext? compute = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsShipped(name)) return FundusNet.Load(ShippedJudges.FundusNet, compute);
        RequireFile(name);
        if (OnnxNetwork.IsMeantBy(name)) return OnnxFeatures.Load(name, threads);
        return SafetensorsFile.LoadHeader(name).Entries.Any(entry => entry.Name == "fire9.squeeze.weight")
            ? SqueezeNetFeatures.Load(name, compute)
            : FundusNet.Load(name, compute);
    }

    /// <summary>The name of a network, by which its figures are told.</summary>
    /// <param name="name">As for <see cref="Open"/>.</param>
    /// <exception cref="InputException">There is no such network, or the file holds something else.</exception>
    public static string NameOf(string name)
    {
        using var network = Open(name, threads: 1);
        return network.Description.Name;
    }

    /// <summary>SHA-256 of a network's file, and of what stands beside an ONNX file.</summary>
    /// <param name="name">As for <see cref="Open"/>.</param>
    /// <exception cref="InputException">There is no such network.</exception>
    public static string HashOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsShipped(name)) return FileHash.Compute(ShippedJudges.FundusNet);
        RequireFile(name);
        return OnnxNetwork.IsMeantBy(name) ? OnnxNetwork.HashOf(name) : FileHash.Compute(name);
    }

    private static bool IsShipped(string name) => string.Equals(name, Shipped, StringComparison.OrdinalIgnoreCase);

    private static void RequireFile(string name)
    {
        if (!File.Exists(name))
        {
            throw new InputException(
                $"{new NamedInput("Features")} {name}: no such file or network; allowed: {Shipped}, FILE.safetensors, FILE.onnx");
        }
    }
}

/// <summary>A feature network, so named that figures of two cannot be mistaken for each other.</summary>
/// <param name="Name">Its name: FundusNet, SqueezeNet, or an ONNX file's.</param>
/// <param name="Hash">SHA-256 of its file, lower-case hexadecimal.</param>
/// <param name="Dimensions">Features an image.</param>
/// <param name="Side">Side of its input in pixels.</param>
/// <param name="Input">How pixels are put to it: range, normalisation, order.</param>
/// <param name="IsInception">Whether it is the network that FID is defined on; only then a Fréchet distance is called FID.</param>
public sealed record FeatureNetworkDescription(string Name, string Hash, int Dimensions, int Side, string Input, bool IsInception)
{
    /// <summary>What its Fréchet distance is called.</summary>
    public string FrechetName => IsInception ? "FID" : $"FD({Name})";

    /// <summary>What its kernel distance is called.</summary>
    public string KernelName => IsInception ? "KID" : $"KD({Name})";
}
