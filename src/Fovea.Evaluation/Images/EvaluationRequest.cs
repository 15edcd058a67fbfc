using Fovea.Core;
using Fovea.Imaging.Datasets;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;

namespace Fovea.Evaluation.Images;

/// <summary>What is evaluated against what.</summary>
public sealed record EvaluationRequest
{
    /// <summary>The dataset of real images.</summary>
    public required string Real { get; init; }

    /// <summary>Its part that generated images are compared with; null for all of it.</summary>
    public Split? RealSplit { get; init; } = Split.Val;

    /// <summary>A folder of generated images, or a run, which is sampled.</summary>
    public required string Generated { get; init; }

    /// <summary>
    /// The dataset whose training images the generator saw; null for the one of <see cref="Real"/> when it has other training images than are compared with.
    /// </summary>
    public string? Training { get; init; }

    /// <summary>A run whose autoencoder reconstructs the real images; null for that of <see cref="Generated"/>, when that is a run.</summary>
    public string? Reconstructions { get; init; }

    /// <summary>Feature networks: a shipped name, safetensors, or an ONNX file.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>A grader: a shipped name, safetensors, or an ONNX file; null for the shipped one of the images' size.</summary>
    public string? Grader { get; init; }

    /// <summary>The folder for the report.</summary>
    public required string Output { get; init; }

    /// <summary>Images to sample of a run; 0 for as many as there are real ones.</summary>
    public int Count { get; init; }

    /// <summary>Classifier-free guidance scale of images sampled of a run, 0 to 100; null for the run's.</summary>
    public double? Guidance { get; init; }

    /// <summary>Guidance scale of the masks of a run that is told masks, 0 to 100; null for 1, the network as it was trained.</summary>
    public double? MaskGuidance { get; init; }

    /// <summary>Guidance of images sampled of a run away from its network without attention, 0 to 100; null for the run's.</summary>
    public double? AttentionGuidance { get; init; }

    /// <summary>The times at which images sampled of a run are guided by attention; null for the run's.</summary>
    public TimeInterval? AttentionInterval { get; init; }

    /// <summary>The times at which images sampled of a run are guided by class and by mask; null for the run's.</summary>
    public TimeInterval? GuidanceInterval { get; init; }

    /// <summary>Images of a set to look at, at most: what bounds memory.</summary>
    public int Most { get; init; } = 10_000;

    /// <summary>Whether the retina is cropped from generated pictures, as from photographs.</summary>
    public bool Crop { get; init; }

    /// <summary>Whether the report may show photographs.</summary>
    public bool Photographs { get; init; } = true;

    /// <summary>Half-samples for intervals.</summary>
    public int Replicates { get; init; } = 40;

    /// <summary>Pairs of images, drawn by the seed, whose likeness says how alike a set's images are.</summary>
    public int SimilarityPairs { get; init; } = 2000;

    /// <summary>Steps of each classifier of the downstream test.</summary>
    public int DownstreamSteps { get; init; } = 400;

    /// <summary>Steps of each network of the two-sample test; 0 for none.</summary>
    public int TwoSampleSteps { get; init; } = 200;

    /// <summary>Folder of cached features; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Seed of samples, subsets and classifiers.</summary>
    public int Seed { get; init; }

    /// <summary>What networks compute with; null for the CPU with what the process has set.</summary>
    public ComputeContext? Compute { get; init; }

    /// <summary>Threads; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Told how far it is.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
