namespace Fovea.Models.Denoisers;

/// <summary>The shape of the denoising U-Net, the <c>[denoiser]</c> section of a configuration.</summary>
public sealed record DenoiserOptions
{
    /// <summary>Channels of each resolution level, finest first; each further level halves the resolution.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [64, 128, 128];

    /// <summary>Residual blocks a level on the way down; one more on the way up.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>Levels (1 = finest) that have self-attention after each block; the middle always has it.</summary>
    public IReadOnlyList<int> Attention { get; init; } = [2, 3];

    /// <summary>Whether the network is conditioned on the class label.</summary>
    public bool ClassConditional { get; init; }

    /// <summary>Whether the network is told masks of the images.</summary>
    public bool MaskConditional { get; init; }

    /// <summary>Names of the places where a block can be quantum: <c>downN</c>, <c>middle</c>, <c>upN</c>.</summary>
    public IReadOnlyList<string> Places =>
    [
        .. Enumerable.Range(1, Channels.Count).Select(level => $"down{level}"),
        "middle",
        .. Enumerable.Range(1, Channels.Count).Select(level => $"up{level}"),
    ];
}
