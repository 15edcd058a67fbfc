using Fovea.Judges.Images;

namespace Fovea.Evaluation.Results;

/// <summary>Everything that an evaluation of generated images found.</summary>
public sealed record EvaluationResult
{
    /// <summary>Settings by name, in the order in which they are told.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; }

    /// <summary>The real images that generated ones are compared with.</summary>
    public required ImageSetDescription Real { get; init; }

    /// <summary>The generated images.</summary>
    public required ImageSetDescription Generated { get; init; }

    /// <summary>The images that the generator was trained on; null when they were not given.</summary>
    public ImageSetDescription? Training { get; init; }

    /// <summary>What a reader must know before the figures: few images, mixed sizes, a judge that is not an outside one.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Fidelity and diversity, one for each feature network.</summary>
    public required IReadOnlyList<FeatureJudgement> Features { get; init; }

    /// <summary>Likeness of pairs of images; null when there are too few or too small images.</summary>
    public VarietyJudgement? Variety { get; init; }

    /// <summary>Colour, vessels, disc and light; null for images of another kind than photographs of the retina.</summary>
    public FundusJudgement? Fundus { get; init; }

    /// <summary>Share of images that can be read; null when no grader was at hand for images of their kind.</summary>
    public GradabilityJudgement? Gradability { get; init; }

    /// <summary>Nearness to training images, by each network and by pixels; empty without training images.</summary>
    public required IReadOnlyList<MemorisationJudgement> Memorisation { get; init; }

    /// <summary>What a classifier learns from generated images; null when they have no classes.</summary>
    public DownstreamJudgement? Downstream { get; init; }

    /// <summary>Whether generated images show the class that they were asked for; null when it was not measured.</summary>
    public ClassJudgement? Classes { get; init; }

    /// <summary>Whether networks can tell generated from real images; null when it was not measured.</summary>
    public TwoSampleJudgement? TwoSample { get; init; }

    /// <summary>Whether generated images follow the masks that they were drawn for; null where there are none.</summary>
    public MaskJudgement? Masks { get; init; }

    /// <summary>What segmenters learn from generated images and their masks; null when they were not drawn for masks.</summary>
    public SegmenterJudgement? Segmenter { get; init; }

    /// <summary>What was not measured, and why.</summary>
    public required IReadOnlyList<Omission> Omissions { get; init; }

    /// <summary>Pictures for the report.</summary>
    public required ReportPictures Pictures { get; init; }

    /// <summary>Wall time in seconds.</summary>
    public double Seconds { get; init; }
}

/// <summary>A figure that was not measured.</summary>
/// <param name="What">Which.</param>
/// <param name="Reason">Why, and what would give it.</param>
public sealed record Omission(string What, string Reason);

/// <summary>Pictures of a report as PNG. Those with photographs are null where they were not asked for: a photograph may identify a person.</summary>
/// <param name="Generated">A grid of generated images.</param>
/// <param name="Real">A grid of real images.</param>
/// <param name="ClosestPairs">Pairs, generated above nearest training image, the nearest first; by the first memorisation judgement.</param>
/// <param name="Reconstructed">Real images above their reconstructions.</param>
public sealed record ReportPictures(byte[]? Generated, byte[]? Real, byte[]? ClosestPairs, byte[]? Reconstructed)
{
    /// <summary>
    /// Generated images that were told from real ones most surely above those that were taken for real ones most surely; null where that was not measured.
    /// </summary>
    public byte[]? ToldApart { get; init; }

    /// <summary>Masks above the images that were drawn for them, above the vessels that a filter finds in these; null where there are no masks.</summary>
    public byte[]? Followed { get; init; }
}

/// <summary>What was found of a set of generated images.</summary>
/// <param name="Features">Fidelity and diversity, one for each feature network.</param>
/// <param name="Gradability">How many can be read, with the verdict on each; null when no grader was at hand for images of their kind.</param>
/// <param name="Memorisation">Nearness to training images, by each network and by pixels; empty when it was not asked for.</param>
public sealed record SetJudgement(
    IReadOnlyList<FeatureJudgement> Features, GradableRate? Gradability, IReadOnlyList<MemorisationJudgement> Memorisation);
