using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Training.Runs;

/// <summary>What tells a damaged file of tensors whose length and header are sound: a digest of the tensors in its metadata.</summary>
internal static class ContentDigest
{
    /// <summary>The entry of the metadata. Files of older versions have none and are taken as they are.</summary>
    internal const string Key = "fovea.digest";

    private const int ChunkElements = 1 << 24;

    /// <summary>SHA-256 over names, types, shapes and values in the order of the names, and a text that belongs to them.</summary>
    internal static string Compute(IReadOnlyDictionary<string, Tensor> tensors, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, text);
        foreach (var (name, tensor) in tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Append(hash, string.Create(CultureInfo.InvariantCulture, $"{name} {tensor.dtype} {string.Join(',', tensor.shape)}"));
            AppendValues(hash, tensor);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Compares the digest of a file with its content.</summary>
    /// <exception cref="InputException">They differ.</exception>
    internal static void Require(SafetensorsContent content, string text, string path)
    {
        if (content.Metadata.GetValueOrDefault(Key) is { } expected && Compute(content.Tensors, text) != expected)
            throw new InputException($"{path}: is damaged: its content is not what was written (its digest differs)");
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));

    private static void AppendValues(IncrementalHash hash, Tensor tensor)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var flat = tensor.detach().cpu().contiguous().view(-1);
        for (var start = 0L; start < flat.numel(); start += ChunkElements)
        {
            using var span = TensorSpans.OpenBytes(flat.narrow(0, start, Math.Min(ChunkElements, flat.numel() - start)));
            hash.AppendData(span.Values);
        }
    }
}
