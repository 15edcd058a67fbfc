namespace Fovea.Study.Definitions;

/// <summary>A study as its file states it, all defaults filled in.</summary>
public sealed record StudyDefinition
{
    /// <summary>The study's name.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence on what it asks; may be empty.</summary>
    public required string Title { get; init; }

    /// <summary>The configuration that all arms start from: a shipped name or a file.</summary>
    public required string Config { get; init; }

    /// <summary>Settings of all arms, <c>key=value</c>, over the configuration's.</summary>
    public required IReadOnlyList<string> Set { get; init; }

    /// <summary>Seeds; all arms of a seed share initial weights where shapes agree, data order, timesteps and noise.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Training sizes.</summary>
    public required IReadOnlyList<TrainingSize> Sizes { get; init; }

    /// <summary>The arms in the file's order; the first is what the others are compared with where no question says otherwise.</summary>
    public required IReadOnlyList<StudyArm> Arms { get; init; }

    /// <summary>The comparisons.</summary>
    public required IReadOnlyList<StudyQuestion> Questions { get; init; }

    /// <summary>How cells are sampled.</summary>
    public required StudySampling Sampling { get; init; }

    /// <summary>How samples are judged.</summary>
    public required StudyJudging Judging { get; init; }

    /// <summary>The noise sweep; null for none.</summary>
    public StudyNoise? Noise { get; init; }

    /// <summary>Phantoms to draw when no dataset is named; null when one must be.</summary>
    public StudyPhantoms? Phantoms { get; init; }
}
