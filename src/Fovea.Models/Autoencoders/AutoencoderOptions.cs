namespace Fovea.Models.Autoencoders;

/// <summary>The shape of the autoencoder, the <c>[autoencoder]</c> section of a configuration.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>Channels of the latent, 1 to 64.</summary>
    public int LatentChannels { get; init; } = 4;

    /// <summary>Channels of each resolution level, finest first; each further level halves the resolution.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [48, 96];

    /// <summary>Residual blocks a level, in the encoder and in the decoder.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>
    /// Side of the pixel blocks that are folded into channels before the first convolution: 1 (none), 2 or 4. Folding makes the
    /// finest level cheap.
    /// </summary>
    public int Patch { get; init; } = 2;

    /// <summary>Image side divided by latent side.</summary>
    public int Downsampling => Patch << (Channels.Count - 1);

    /// <summary>
    /// Names of the places where a block can be quantum: <c>encoder.levelN</c>, <c>encoder.middle</c>, <c>decoder.middle</c>,
    /// <c>decoder.levelN</c>.
    /// </summary>
    public IReadOnlyList<string> Places =>
    [
        .. Enumerable.Range(1, Channels.Count).Select(level => $"encoder.level{level}"),
        "encoder.middle",
        "decoder.middle",
        .. Enumerable.Range(1, Channels.Count).Select(level => $"decoder.level{level}"),
    ];
}
