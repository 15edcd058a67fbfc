using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>A picture cropped and resized, or the reason why there is none.</summary>
internal sealed record LoadedImage
{
    /// <summary>Bytes [size, size, 3]; empty when rejected.</summary>
    public byte[] Pixels { get; init; } = [];

    public int Width { get; init; }

    public int Height { get; init; }

    public RetinaDisc Disc { get; init; }

    /// <summary>SHA-256 of the source's bytes.</summary>
    public string SourceHash { get; init; } = "";

    /// <summary>SHA-256 of <see cref="Pixels"/>.</summary>
    public string PixelHash { get; init; } = "";

    public PerceptualHash Perceptual { get; init; }

    /// <summary>The hash to compare with each of the datasets that this one is kept apart from, in their order.</summary>
    public IReadOnlyList<PerceptualHash> Apart { get; init; } = [];

    /// <inheritdoc cref="Decoding.DecodedImage.Repair"/>
    public string? Repair { get; init; }

    /// <inheritdoc cref="Decoding.DecodedImage.Pages"/>
    public int Pages { get; init; } = 1;

    /// <inheritdoc cref="Decoding.DecodedImage.IsScaled"/>
    public bool IsDeep { get; init; }

    /// <inheritdoc cref="Decoding.DecodedImage.Range"/>
    public string? Range { get; init; }

    /// <summary>Why there is no image; null when there is.</summary>
    public string? Rejection { get; init; }
}
