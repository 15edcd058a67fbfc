using Fovea.Study.Definitions;
using Fovea.Training.Configuration;

namespace Fovea.Study.Planning;

/// <summary>One arm, one training size, one seed: what is run and judged by itself.</summary>
public sealed record StudyCell
{
    /// <summary>The arm.</summary>
    public required StudyArm Arm { get; init; }

    /// <summary>The training size.</summary>
    public required TrainingSize Size { get; init; }

    /// <summary>The number of training images that this is.</summary>
    public required int Images { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Its place among the cells of its arm: cells of equal number differ in the arm only.</summary>
    public required int Group { get; init; }

    /// <summary>Its arm's place in the study.</summary>
    public required int ArmIndex { get; init; }

    /// <summary>The resolved configuration of its run.</summary>
    public required RunConfig Config { get; init; }

    /// <summary>SHA-256 of the settings that its run depends on.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>SHA-256 of all that its autoencoder depends on: cells with equal ones share it.</summary>
    public required string AutoencoderKey { get; init; }

    /// <summary>SHA-256 of all that its weights depend on.</summary>
    public required string RunKey { get; init; }

    /// <summary>SHA-256 of all that its weights and images depend on.</summary>
    public required string SampleKey { get; init; }

    /// <summary>SHA-256 of all that its result depends on.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether its images are drawn again under noise.</summary>
    public required bool HasNoise { get; init; }

    /// <summary>Its name, also that of its files.</summary>
    public string Name => CellName.Of(Arm, Size, Seed);
}
