namespace Fovea.Judging.Assessment.Results;

/// <summary>Everything that an evaluation of generated images found.</summary>
public sealed record EvaluationResult
{
    /// <summary>Settings by name, in the order in which they are told.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; }

    /// <summary>The real images that generated ones are compared with.</summary>
    public required ImageSetFacts Real { get; init; }

    /// <summary>The generated images.</summary>
    public required ImageSetFacts Generated { get; init; }

    /// <summary>The images that the generator was trained on; null when they were not given.</summary>
    public ImageSetFacts? Training { get; init; }

    /// <summary>What a reader must know before the figures: few images, mixed sizes, a judge that is not an outside one.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Fidelity and diversity, one for each feature network.</summary>
    public required IReadOnlyList<FeatureJudgement> Features { get; init; }

    /// <summary>Likeness of pairs of images; null when there are too few or too small images.</summary>
    public VarietyJudgement? Variety { get; init; }

    /// <summary>Colour, vessels, disc and light.</summary>
    public required FundusJudgement Fundus { get; init; }

    /// <summary>Share of images that can be read; null when no grader was at hand.</summary>
    public GradabilityJudgement? Gradability { get; init; }

    /// <summary>Nearness to training images, by each network and by pixels; empty without training images.</summary>
    public required IReadOnlyList<MemorisationJudgement> Memorisation { get; init; }

    /// <summary>What a classifier learns from generated images; null when they have no classes.</summary>
    public DownstreamJudgement? Downstream { get; init; }

    /// <summary>What was not measured, and why.</summary>
    public required IReadOnlyList<Omission> Omissions { get; init; }

    /// <summary>Pictures for the report.</summary>
    public required ReportPictures Pictures { get; init; }

    /// <summary>Wall time in seconds.</summary>
    public double Seconds { get; init; }
}
