using System.Globalization;
using Fovea.Imaging.Datasets;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;

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

    /// <summary>The seed of the one autoencoder that cells of all seeds share; null where each seed has its own.</summary>
    public int? AutoencoderSeed { get; init; }

    /// <summary>Training sizes.</summary>
    public required IReadOnlyList<TrainingSize> Sizes { get; init; }

    /// <summary>The arms in the file's order; the first is what the others are compared with where no question says otherwise.</summary>
    public required IReadOnlyList<StudyArm> Arms { get; init; }

    /// <summary>The comparisons.</summary>
    public required IReadOnlyList<StudyQuestion> Questions { get; init; }

    /// <summary>What was decided before there was a result; null where nothing was.</summary>
    public StudyProtocol? Protocol { get; init; }

    /// <summary>What every arm tries before; null where nothing is tuned.</summary>
    public StudyTuning? Tuning { get; init; }

    /// <summary>How cells are sampled.</summary>
    public required StudySampling Sampling { get; init; }

    /// <summary>How samples are judged.</summary>
    public required StudyJudging Judging { get; init; }

    /// <summary>The noise sweep; null for none.</summary>
    public StudyNoise? Noise { get; init; }

    /// <summary>Phantoms to draw when no dataset is named; null when one must be.</summary>
    public StudyPhantoms? Phantoms { get; init; }
}

/// <summary>One kind of model.</summary>
/// <param name="Name">Its name, lower case letters, digits and hyphens.</param>
/// <param name="Autoencoder">What stands at the autoencoder's quantum places.</param>
/// <param name="Denoiser">What stands at the denoiser's quantum places.</param>
/// <param name="Set">Settings of this arm, <c>key=value</c>, over all others: other widths, for instance.</param>
public sealed record StudyArm(string Name, BlockKind Autoencoder, BlockKind Denoiser, IReadOnlyList<string> Set);

/// <summary>How samples are judged.</summary>
/// <param name="Split">The real images to compare with; null for all.</param>
/// <param name="Features">Feature networks: names or files.</param>
/// <param name="Grader">A grader's name or file; null for the shipped one of the size.</param>
/// <param name="HalfSamples">Half-samples for intervals.</param>
public sealed record StudyJudging(Split? Split, IReadOnlyList<string> Features, string? Grader, int HalfSamples);

/// <summary>A noise sweep.</summary>
/// <param name="Arms">The arms; each must hold circuits.</param>
/// <param name="Size">The training size whose cells are swept, by name.</param>
/// <param name="Profiles">Devices: shipped names or files.</param>
/// <param name="Scales">Factors on their noise, above 0.</param>
/// <param name="Count">Images a level: the first ones of the cell.</param>
public sealed record StudyNoise(IReadOnlyList<string> Arms, string Size, IReadOnlyList<string> Profiles, IReadOnlyList<double> Scales, int Count);

/// <summary>Phantoms that a study draws for itself when no dataset is named.</summary>
/// <param name="Count">Images.</param>
/// <param name="Seed">Seed of the phantoms.</param>
public sealed record StudyPhantoms(int Count, int Seed);

/// <summary>A comparison of two arms.</summary>
/// <param name="Title">What it asks, in words.</param>
/// <param name="Arm">The arm asked about.</param>
/// <param name="Against">The arm that it is compared with.</param>
public sealed record StudyQuestion(string Title, string Arm, string Against);

/// <summary>How cells are sampled.</summary>
/// <param name="Count">Images a cell; 0 where cells are judged by their held-out loss alone.</param>
/// <param name="Seed">Image k of every cell begins from the same noise.</param>
/// <param name="Grid">Images in the small picture that goes with a cell's result; a square number.</param>
public sealed record StudySampling(int Count, int Seed, int Grid)
{
    /// <summary>Whether images are drawn and judged at all.</summary>
    public bool Draws => Count > 0;
}

/// <summary>A study with the text that states it.</summary>
/// <param name="Text">The text of its file.</param>
/// <param name="Definition">What it says.</param>
public sealed record StudySource(string Text, StudyDefinition Definition);

/// <summary>How many training images a cell has.</summary>
/// <param name="Images">A number, or null for all.</param>
/// <param name="Fraction">A share of all above 0 and at most 1, or null.</param>
public sealed record TrainingSize(int? Images, double? Fraction)
{
    /// <summary>All images.</summary>
    public static TrainingSize All { get; } = new(null, null);

    /// <summary>"all", a number of images, or a share in per cent, as "5pct".</summary>
    public string Name => Images is { } images
        ? images.ToString(CultureInfo.InvariantCulture)
        : Fraction is { } share ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:G6}pct") : "all";

    /// <summary>The number of images of a dataset's training split.</summary>
    /// <param name="all">Its size.</param>
    public int Of(int all) => Images ?? (Fraction is { } share ? Math.Max(1, (int)Math.Round(share * all)) : all);
}

/// <summary>The name of a cell, also that of its files.</summary>
internal static class CellName
{
    public static string Of(StudyArm arm, TrainingSize size, int seed) => string.Create(CultureInfo.InvariantCulture, $"{arm.Name}-{size.Name}-seed{seed}");
}

/// <summary>What stands in the circuits' place of a network.</summary>
public enum BlockKind
{
    /// <summary>The classical twin's 3×3 convolution.</summary>
    Classical,

    /// <summary>The circuit, trained.</summary>
    Quantum,

    /// <summary>The circuit with random weights that are never trained.</summary>
    Frozen,

    /// <summary>A multilayer perceptron with as many parameters as the circuit has weights, as nearly as its shape allows.</summary>
    MatchedMlp,

    /// <summary>A multilayer perceptron as wide as the circuit has wires.</summary>
    WideMlp,

    /// <summary>A linear map of cosines and sines of the angles and of their products in pairs.</summary>
    Trigonometric,

    /// <summary>Nothing: the bounded angles themselves.</summary>
    Identity,

    /// <summary>The circuit without its entangling gates, trained.</summary>
    Separable,
}

/// <summary>Names of <see cref="BlockKind"/> in files, and what they mean for a network.</summary>
public static class BlockKinds
{
    private static readonly (BlockKind Kind, string Name)[] All =
    [
        (BlockKind.Classical, "classical"), (BlockKind.Quantum, "quantum"), (BlockKind.Frozen, "frozen"), (BlockKind.MatchedMlp, "matched-mlp"),
        (BlockKind.WideMlp, "wide-mlp"), (BlockKind.Trigonometric, "trigonometric"), (BlockKind.Identity, "identity"), (BlockKind.Separable, "separable"),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(item => item.Name)];

    /// <summary>The name of a kind.</summary>
    public static string ToName(this BlockKind kind) => All.First(item => item.Kind == kind).Name;

    /// <summary>The name of the layer that stands there, as settings of a run have it; null where there is none.</summary>
    public static string? LayerName(this BlockKind kind) => kind switch
    {
        BlockKind.Classical => null,
        BlockKind.Quantum => QuantumLayerKind.Circuit.Name(),
        _ => kind.ToName(),
    };

    /// <summary>Whether circuits are evaluated.</summary>
    public static bool HasCircuits(this BlockKind kind) => kind.LayerName() is { } name && QuantumLayerKinds.Parse(name).RunsCircuit();

    /// <summary>The kind of a name.</summary>
    internal static BlockKind Parse(string name) => All.First(item => item.Name == name).Kind;
}
