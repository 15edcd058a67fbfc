using System.Globalization;
using Fovea.Evaluation.Statistics;
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
    public static IReadOnlyList<MetricKind> Of(IReadOnlyList<CellResult> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return
        [
            GradableShare,
            .. cells.SelectMany(cell => cell.Distances).Select(distances => distances.Network).Distinct().SelectMany(Distances),
            HeldOutLoss,
            .. Reconstruction,
            .. cells.SelectMany(cell => cell.Copies).Select(copies => copies.Space).Distinct().Select(Copies),
        ];
    }

    /// <summary>The share of generated images that the grader calls gradable.</summary>
    public static MetricKind GradableShare { get; } = new(Gradable, "gradable share", Higher, Share, cell => GradableOf(cell.Gradability.Generated))
    {
        Bits = cell => cell.Gradability.Generated,
        Measure = cell => cell.Gradability.GraderHash,
        Incomparable = "the cells were judged by different graders",
    };

    /// <summary>A share with Wilson's interval.</summary>
    internal static CellFigure? ShareOf(int hits, int total)
    {
        if (total == 0) return null;
        var interval = WilsonInterval.Of(hits, total);
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
        new("near_copies", $"share near a training image ({space})", Neither, Share, cell => cell.Copies.FirstOrDefault(copies => copies.Space == space) is { } found
            ? ShareOf(found.Below5.Hits, found.Below5.Total)
            : null)
        {
            Network = space,
            Measure = cell => cell.Copies.FirstOrDefault(copies => copies.Space == space)?.Expected5?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            Incomparable = "the cells' shares are of different thresholds, by rank in some and by interpolation in older ones",
        };
}
