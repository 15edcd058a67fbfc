using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Judging.Features.Fundus;
using Fovea.Judging.Features.Onnx;
using Fovea.Judging.Features.SqueezeNet;
using Fovea.Judging.Shipped;
using Fovea.Torch.Safetensors;

namespace Fovea.Judging.Features;

/// <summary>Opens feature networks by name or file.</summary>
public static class FeatureNetworks
{
    /// <summary>The shipped network.</summary>
    public const string Shipped = "fundusnet";

    /// <summary>Opens a network.</summary>
    /// <param name="name"><see cref="Shipped"/>, safetensors of FundusNet or SqueezeNet 1.1, or an ONNX file.</param>
    /// <param name="threads">Threads of an ONNX network; 0 for all cores.</param>
    /// <exception cref="InputException">There is no such network, or the file holds something else.</exception>
    public static IFeatureNetwork Open(string name, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsShipped(name)) return FundusNet.Load(ShippedJudges.FundusNet);
        RequireFile(name);
        if (OnnxNetwork.IsMeantBy(name)) return OnnxFeatures.Load(name, threads);
        return SafetensorsFile.LoadHeader(name).Entries.Any(entry => entry.Name == "fire9.squeeze.weight") ? SqueezeNetFeatures.Load(name) : FundusNet.Load(name);
    }

    /// <summary>SHA-256 of a network's file, and of what stands beside an ONNX file.</summary>
    /// <param name="name">As for <see cref="Open"/>.</param>
    /// <exception cref="InputException">There is no such network.</exception>
    public static string HashOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsShipped(name)) return FileHash.Of(ShippedJudges.FundusNet);
        RequireFile(name);
        return OnnxNetwork.IsMeantBy(name) ? OnnxNetwork.HashOf(name) : FileHash.Of(name);
    }

    private static bool IsShipped(string name) => string.Equals(name, Shipped, StringComparison.OrdinalIgnoreCase);

    private static void RequireFile(string name)
    {
        if (!File.Exists(name)) throw new InputException($"--features {name}: no such file or network; allowed: {Shipped}, FILE.safetensors, FILE.onnx");
    }
}
