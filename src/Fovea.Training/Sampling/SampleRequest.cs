using Fovea.Core;
using Fovea.Diffusion.Sampling;
using Fovea.Imaging.Datasets;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;

namespace Fovea.Training.Sampling;

/// <summary>What to sample. What is null comes from the run's configuration.</summary>
public sealed record SampleRequest
{
    /// <summary>Number of images.</summary>
    public required int Count { get; init; }

    /// <summary>Image k's noise depends on the seed and k only.</summary>
    public required int Seed { get; init; }

    /// <summary>Index of the first image.</summary>
    public long FirstImage { get; init; }

    /// <summary>Images sampled together, on each core.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>The samplers' names.</summary>
    public static IReadOnlyList<string> Samplers => SamplerRegistry.Names;

    /// <summary>One of <see cref="Samplers"/>.</summary>
    public string? Sampler { get; init; }

    /// <summary>Sampling steps.</summary>
    public int? Steps { get; init; }

    /// <summary>η of DDIM: 0 deterministic, 1 as noisy as ancestral sampling.</summary>
    public double Eta { get; init; }

    /// <summary>Class index, or null for "no class".</summary>
    public int? Class { get; init; }

    /// <summary>[<see cref="Count"/>]: the class index of each image; null where <see cref="Class"/> is that of all.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>
    /// [<see cref="Count"/>]: the mask of each image, bytes [classes, side, side] as <see cref="DatasetMasks"/> has them; null where no mask is told.
    /// </summary>
    public IReadOnlyList<byte[]>? Masks { get; init; }

    /// <summary>Guidance scale of the masks (<see cref="NetworkGuidance"/>); null for 1, the network as it was trained.</summary>
    public double? MaskGuidance { get; init; }

    /// <summary>The pictures to begin from; null to begin from noise.</summary>
    public PictureStart? Start { get; init; }

    /// <summary>Classifier-free guidance scale.</summary>
    public double? Guidance { get; init; }

    /// <summary>Guidance scale of attention (<see cref="NetworkGuidance"/>), 0 to 100; 0 is none.</summary>
    public double? AttentionGuidance { get; init; }

    /// <summary>The times at which images are guided by attention; of a request that asks for this guidance, or whose run does.</summary>
    public TimeInterval? AttentionInterval { get; init; }

    /// <summary>The times at which images are guided, by class and by mask; of a request that asks for guidance, or whose run does.</summary>
    public TimeInterval? GuidanceInterval { get; init; }

    /// <summary>What <see cref="SamplingRun"/> computes with; null to start it with <see cref="Device"/> and <see cref="Threads"/>.</summary>
    public ComputeContext? Compute { get; init; }

    /// <summary>
    /// A device of this machine, by a name as <see cref="ComputeDevices"/> has them; null for what there is. Of a request without <see cref="Compute"/>.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>Threads, 0 for all cores; null for the run's setting. Of a request without <see cref="Compute"/>.</summary>
    public int? Threads { get; init; }

    /// <summary>Shown the images while they are drawn; null for none. What is drawn is the same.</summary>
    public SamplePreview? Preview { get; init; }

    /// <summary>Told after each batch.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}

/// <summary>Looks at images while they are drawn.</summary>
/// <param name="Every">After every so many steps; the last is not shown, as the image itself follows.</param>
/// <param name="Take">Given an image's number, the steps done, the steps in all, and what the denoiser takes the image for, as rows of 8-bit RGB
/// pixels.</param>
public sealed record SamplePreview(int Every, Action<long, int, int, byte[]> Take);
