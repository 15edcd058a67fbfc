using Fovea.Core.Progress;
using Fovea.Judging.Features;

namespace Fovea.Judging.Packing;

/// <summary>A trained run that is to be handed on.</summary>
public sealed record PackRequest
{
    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>The dataset that it was trained on; its held-out photographs are what copies are told by.</summary>
    public required string Data { get; init; }

    /// <summary>The folder to make; it must not exist, or be empty.</summary>
    public required string Output { get; init; }

    /// <summary>Images drawn for the check.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>Seed of those images.</summary>
    public int Seed { get; init; }

    /// <summary>Feature networks that look for copies beside the comparison by pixels: a shipped name, safetensors, or an ONNX file.</summary>
    public IReadOnlyList<string> Features { get; init; } = [FeatureNetworks.Shipped];

    /// <summary>Folder of cached features; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Threads; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Told how far it is.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
