using System.Globalization;
using Fovea.Metrics.Statistics;
using Fovea.Study.Results;
using static Fovea.Study.Analysis.MetricDirection;
using static Fovea.Study.Analysis.MetricUnit;

namespace Fovea.Study.Analysis;

/// <summary>The metrics of a study.</summary>
public static class StudyMetrics
{
    /// <summary>Key of the gradable share.</summary>
    public const string Gradable = "gradable";

    /// <summary>Key of Fréchet distances.</summary>
    public const string Frechet = "frechet_distance";

    /// <summary>Key of the held-out loss.</summary>
    internal const string HeldOut = "held_out_loss";

    /// <summary>All that some cell has, in the order in which they are told.</summary>
    /// <param name="cells">The cells.</param>
    public static IReadOnlyList<MetricKind> Find(IReadOnlyList<CellResult> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return
        [
            .. cells.Count == 0 || cells.Any(cell => cell.Gradability is not null) ? [GradableShare] : Array.Empty<MetricKind>(),
            .. cells.SelectMany(cell => cell.Distances).Select(distances => distances.Network).Distinct().SelectMany(Distances),
            HeldOutLoss,
            .. Reconstruction,
            .. cells.SelectMany(cell => cell.Copies).Select(copies => copies.Space).Distinct().Select(Copies),
        ];
    }

    /// <summary>The share of generated images that the grader calls gradable.</summary>
    public static MetricKind GradableShare { get; } = new(
        Gradable, "gradable share", Higher, Share, cell => cell.Gradability is { } gradability ? GradableOf(gradability.Generated) : null)
    {
        Bits = cell => cell.Gradability?.Generated,
        Measure = cell => cell.Gradability?.GraderHash ?? "",
        Incomparable = "the cells were judged by different graders",
    };

    /// <summary>A share with Wilson's interval.</summary>
    internal static CellFigure? ShareOf(int hits, int total)
    {
        if (total == 0) return null;
        var interval = WilsonInterval.Estimate(hits, total);
        return new CellFigure(hits / (double)total, interval.Low, interval.High);
    }

    /// <summary>The gradable share of bits.</summary>
    internal static CellFigure? GradableOf(string bits) => ShareOf(bits.Count(bit => bit == '1'), bits.Length);

    private static IEnumerable<MetricKind> Distances(string network)
    {
        MetricKind Make(string key, string name, MetricDirection direction, MetricUnit unit, Func<CellDistances, CellFigure> read) =>
            new(key, name, direction, unit, cell => Find(cell, network) is { } distances ? read(distances) : null)
            {
                Network = network,
                Measure = cell => Find(cell, network)?.NetworkHash ?? "",
                Incomparable = $"the cells were measured by different files of the network {network}",
            };

        return
        [
            Make(Frechet, $"FD({network})", Lower, Number, distances => distances.Frechet),
            Make("kernel_distance", $"KD({network})", Lower, Number, distances => distances.Kernel),
            Make("precision", $"precision ({network})", Higher, Share, distances => distances.Precision),
            Make("recall", $"recall ({network})", Higher, Share, distances => distances.Recall),
            Make("density", $"density ({network})", Neither, Number, distances => distances.Density),
            Make("coverage", $"coverage ({network})", Higher, Share, distances => distances.Coverage),
        ];
    }

    private static CellDistances? Find(CellResult cell, string network) => cell.Distances.FirstOrDefault(distances => distances.Network == network);

    private static MetricKind HeldOutLoss { get; } = new(HeldOut, "held-out denoising loss", Lower, Number, cell => cell.HeldOutLoss)
    {
        Measure = cell => cell.AutoencoderHash,
        Incomparable = "the arms have different autoencoders, whose latents have losses on scales of their own",
    };

    private static IEnumerable<MetricKind> Reconstruction =>
    [
        new("psnr", "PSNR of reconstructions", Higher, Decibels, cell => new CellFigure(cell.Reconstruction.Psnr)) { Sample = cell => cell.AutoencoderHash },
        new("ssim", "SSIM of reconstructions", Higher, Number, cell => new CellFigure(cell.Reconstruction.Ssim))
        {
            Sample = cell => cell.AutoencoderHash,
            Measure = cell => cell.Reconstruction.SsimRange ?? "",
            Incomparable = "the cells' similarities are of pixels on [0, 1] in some and of [−1, 1], an older definition, in others",
        },
    ];

    private static MetricKind Copies(string space) =>
        new(
            "near_copies",
            $"share near a training image ({space})",
            Neither,
            Share,
            cell => cell.Copies.FirstOrDefault(copies => copies.Space == space) is { } found
                ? ShareOf(found.Below5.Hits, found.Below5.Total)
                : null)
        {
            Network = space,
            Measure = cell => cell.Copies.FirstOrDefault(copies => copies.Space == space)?.Expected5?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            Incomparable = "the cells' shares are of different thresholds, by rank in some and by interpolation in older ones",
        };
}

/// <summary>Which values of a metric are the better ones.</summary>
public enum MetricDirection
{
    /// <summary>Larger ones.</summary>
    Higher,

    /// <summary>Smaller ones.</summary>
    Lower,

    /// <summary>Neither: a density above 1 is no merit, and fewer near copies than of real images are none.</summary>
    Neither,
}

/// <summary>One figure that cells have and that arms are compared by.</summary>
/// <param name="Key">Its name for programs, as <c>frechet_distance</c>; with the network's name it is unique.</param>
/// <param name="Name">Its name for readers, as "FD(FundusNet)".</param>
/// <param name="Direction">Which values are better.</param>
/// <param name="Unit">How it is told.</param>
/// <param name="Read">The figure of a cell; null where there is none.</param>
public sealed record MetricKind(string Key, string Name, MetricDirection Direction, MetricUnit Unit, Func<CellResult, CellFigure?> Read)
{
    /// <summary>The feature network, or the space of copies; empty where there is none.</summary>
    public string Network { get; init; } = "";

    /// <summary>What measured it; figures of two cells may be compared only where these texts are equal.</summary>
    public Func<CellResult, string> Measure { get; init; } = _ => "";

    /// <summary>Why they may not be compared where <see cref="Measure"/> differs.</summary>
    public string Incomparable { get; init; } = "";

    /// <summary>One character an image, <c>1</c> or <c>0</c>, where the figure is a share of paired images.</summary>
    public Func<CellResult, string?> Bits { get; init; } = _ => null;

    /// <summary>What the figure belongs to: cells of which it is equal are one sample of it and not several.</summary>
    public Func<CellResult, string> Sample { get; init; } = cell => cell.Cell;
}

/// <summary>How a metric is told.</summary>
public enum MetricUnit
{
    /// <summary>A number without a unit.</summary>
    Number,

    /// <summary>A share 0 to 1, told in per cent; differences are told in points of a hundred.</summary>
    Share,

    /// <summary>Decibels.</summary>
    Decibels,
}
