using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Judges.Features;

/// <summary>
/// Features on disk under the hashes of the network and of the images, so that the same images are not looked at twice. A file that
/// does not fit is measured again.
/// </summary>
/// <param name="folder">The folder; created when something is stored. Null keeps nothing.</param>
public sealed class FeatureCache(string? folder)
{
    private const string Values = "features";

    /// <summary>The folder for a user's caches: <c>$XDG_CACHE_HOME/fovea/features</c> or the system's own place.</summary>
    public static string DefaultFolder
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given
                : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
                : Path.Combine(home, ".cache");
            return Path.Combine(root, "fovea", "features");
        }
    }

    /// <summary>The stored features, or what <paramref name="extract"/> gives, which is then stored.</summary>
    /// <param name="network">The network.</param>
    /// <param name="contentHash">Hash of the images.</param>
    /// <param name="images">Their number.</param>
    /// <param name="extract">Measures [images · dimensions].</param>
    /// <returns>The same; what is not finite is kept as it is.</returns>
    public float[] Get(FeatureNetworkDescription network, string contentHash, int images, Func<float[]> extract)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(extract);
        var path = folder is null ? null : Path.Combine(folder, $"{network.Hash[..16]}-{contentHash[..32]}.safetensors");
        var values = path is null ? null : Read(path, network, contentHash, images);
        if (values is not null) return values;
        values = extract();
        if (path is not null) Write(path, values, network, contentHash);
        return values;
    }

    private static float[]? Read(string path, FeatureNetworkDescription network, string contentHash, int images)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var content = SafetensorsFile.Load(path);
            var fits = content.Metadata.GetValueOrDefault("network") == network.Hash && content.Metadata.GetValueOrDefault("images") == contentHash
                && content.Tensors.TryGetValue(Values, out var stored) && stored.dtype == ScalarType.Float32
                && stored.shape.SequenceEqual([images, network.Dimensions]);
            return fits ? TensorSpans.ToArray<float>(content.Tensors[Values]) : null;
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static void Write(string path, float[] values, FeatureNetworkDescription network, string contentHash)
    {
        using var mine = Reserve(Path.GetDirectoryName(path)!);
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { [Values] = tensor(values, [values.Length / network.Dimensions, network.Dimensions]) };
        SafetensorsFile.Save(path, tensors, new Dictionary<string, string> { ["network"] = network.Hash, ["images"] = contentHash });
    }

    private static FileLock Reserve(string folder)
    {
        try
        {
            return FileLock.Take(Path.Combine(folder, ".lock"), CancellationToken.None);
        }
        catch (InputException e)
        {
            throw new InputException($"{e.Message}; name another cache with {new NamedInput("Cache")}", e);
        }
    }
}
