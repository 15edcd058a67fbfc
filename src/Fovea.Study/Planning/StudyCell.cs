using System.Globalization;
using Fovea.Core.Errors;
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

    /// <summary>The configuration that its autoencoder is trained by: of its own seed, or of the one that the study names for all.</summary>
    public required RunConfig AutoencoderConfig { get; init; }

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

/// <summary>One of several parts of a study.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Of">Parts in all.</param>
public sealed record Shard(int Number, int Of)
{
    internal const int Most = 10_000;

    /// <summary>Reads <c>i/n</c>.</summary>
    /// <exception cref="InputException">It is nothing of the kind.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        return parts.Length == 2 && TryRead(parts[0], out var number) && TryRead(parts[1], out var of) && number >= 1 && number <= of && of <= Most
            ? new Shard(number, of)
            : throw new InputException($"{new NamedInput("Shard")} {text} is not allowed; allowed: i/n with i from 1 to n, n up to {Most}");
    }

    /// <summary>
    /// Whether a cell is in this part. Cells of one size and seed go round the parts by their arm, each next group one part further on: else a
    /// part would get one arm only, and arms differ in what they take.
    /// </summary>
    public bool Holds(StudyCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return (cell.ArmIndex + cell.Group) % Of == Number - 1;
    }

    private static bool TryRead(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
