using Fovea.Core;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Preparation;
using Fovea.Metrics.Fundus;
using Fovea.Metrics.Statistics;

namespace Fovea.Evaluation.Parts;

/// <summary>
/// Whether vessels lie in generated images where the masks have them that the images were drawn for, beside real images with their own masks and with
/// others'.
/// </summary>
/// <param name="seed">Seed of the bootstrap.</param>
/// <param name="threads">Threads; 0 for all cores.</param>
internal sealed class MaskJudge(ulong seed, int threads)
{
    private const int LeastPairs = 2;
    private const int PicturesShown = 12;

    /// <summary>The judgement and its picture, or why there is none; neither where the images were not drawn for masks, or the real ones have none.</summary>
    public (MaskJudgement? Judgement, byte[]? Picture, string? Reason) Judge(EvaluationImages images, CancellationToken cancellation)
    {
        if (images.Masks is not { } masks) return default;
        var pairs = MaskPairs.Of(images.Generated, images.Warnings.Add);
        if (pairs.Count == 0) return default;
        if (images.IsCropped) return (null, null, MaskPairs.Cropped);
        if (MaskPairs.VesselClass(masks.Names) is not { } label)
            return (null, null, $"none of the masks ({string.Join(", ", masks.Names)}) is called like vessels, which the filter finds");
        if (images.Modality != Modality.Fundus) return (null, null, "the real images are no fundus photographs, for whose vessels the filter was made");
        Compared[] generated = Compare(
            [.. pairs.Select(pair => (images.Generated.Pixels[pair.Image], MaskPairs.Read(pair, masks.Names[label], images.Generated.Side)))],
            images.Generated.Side, cancellation);
        var (real, unlike) = Real(images, masks, label, cancellation);
        if (new[] { generated, real, unlike }.Min(set => set.Count(HasVessels)) < LeastPairs)
        {
            return (
                null,
                null,
                $"{generated.Count(HasVessels)} generated and {real.Count(HasVessels)} real images have masks with vessels in the retina; "
                    + $"{LeastPairs} of each are needed");
        }

        return (new MaskJudgement(masks.Names[label], Figures(generated), Figures(real), Figures(unlike)), Picture(generated, images.Generated.Side), null);
    }

    /// <summary>Real images with their own masks, and each with the mask of another one, of another person where persons are known.</summary>
    private (Compared[] Own, Compared[] Unlike) Real(EvaluationImages images, DatasetMasks masks, int label, CancellationToken cancellation)
    {
        var (set, side) = (images.Real, images.Real.Side);
        int[] with = [.. set.ContentOrder.Where(k => masks.Has(images.IndexOf(k)))];
        byte[] MaskOf(int k) => masks[images.IndexOf(k)].Slice(label * side * side, side * side).ToArray();
        int? OtherOf(int at) => Enumerable.Range(1, with.Length - 1).Select(by => with[(at + by) % with.Length])
            .Where(k => set.Persons[k] != set.Persons[with[at]]).Select(k => (int?)k).FirstOrDefault();
        var own = Compare([.. with.Select(k => (set.Pixels[k], MaskOf(k)))], side, cancellation);
        var unlike = with.Length < LeastPairs ? []
            : Compare([.. with.Select((k, at) => (Image: set.Pixels[k], Other: OtherOf(at))).Where(pair => pair.Other is not null)
            .Select(pair => (pair.Image, MaskOf(pair.Other!.Value)))], side, cancellation);
        return (own, unlike);
    }

    private Compared[] Compare((byte[] Image, byte[] Mask)[] pairs, int side, CancellationToken cancellation)
    {
        var compared = new Compared[pairs.Length];
        var options = Workers.Of(threads, cancellation);
        Parallel.For(0, pairs.Length, options, k =>
            compared[k] = new Compared(pairs[k].Image, pairs[k].Mask, VesselSearch.Compare(new RgbImage(side, side, pairs[k].Image), pairs[k].Mask)));
        return compared;
    }

    private static bool HasVessels(Compared pair) => double.IsFinite(pair.Followed.Dice);

    private FollowedMasks Figures(Compared[] all)
    {
        Compared[] pairs = [.. all.Where(HasVessels)];
        return new(
            pairs.Length, all.Length - pairs.Length, Mean(pairs, pair => pair.Followed.Dice), Mean(pairs, pair => pair.Followed.CentreLineDice));
    }

    private Figure Mean(Compared[] pairs, Func<Compared, double> value)
    {
        double[] values = [.. pairs.Select(value)];
        var found = Bootstrap.Estimate(values.Length, list => list.Average(k => values[k]), new BootstrapOptions { Seed = seed, Threads = threads });
        return new Figure(found.Estimate, found.Bca ?? found.Percentile);
    }

    private static byte[] Picture(Compared[] pairs, int side)
    {
        Compared[] shown = [.. pairs.Where(HasVessels).Take(PicturesShown)];
        byte[][] images =
        [
            .. shown.Select(pair => MaskPictures.Grey(pair.Mask)), .. shown.Select(pair => pair.Image),
            .. shown.Select(pair => MaskPictures.Grey([.. pair.Followed.Found.Select(found => found ? byte.MaxValue : (byte)0)])),
        ];
        return PngFile.Encode(ImageGrid.Compose(images, side, side, shown.Length));
    }

    private sealed record Compared(byte[] Image, byte[] Mask, FollowedMask Followed);
}
