using System.Globalization;
using Fovea.Core.Files;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Metrics.Distributions;
using Fovea.Study.Definitions;
using Fovea.Study.Planning;
using Fovea.Study.Results;
using Fovea.Training.DeviceNoise;
using Fovea.Training.Layers;
using Fovea.Training.Sampling;

namespace Fovea.Study.Cells;

/// <summary>How a study's images are judged.</summary>
internal static class CellJudging
{
    /// <summary>The judges of a study.</summary>
    /// <param name="context">The study.</param>
    /// <param name="data">The dataset that the generator was trained on.</param>
    public static SetJudgeRequest Request(StudyContext context, string data)
    {
        var (judging, sampling) = (context.Plan.Definition.Judging, context.Plan.Definition.Sampling);
        return new SetJudgeRequest
        {
            Real = context.Dataset,
            RealSplit = judging.Split,
            // Beside the training images themselves nearness to them says nothing.
            Training = judging.Split is Split.Val or Split.Test ? data : null,
            Features = judging.Features,
            Grader = judging.Grader,
            Replicates = judging.HalfSamples,
            Cache = context.Features,
            Seed = sampling.Seed,
            Threads = context.Threads,
            Progress = context.Progress,
        };
    }
}

/// <summary>What judges found, as a cell's result keeps it.</summary>
internal static class CellFigures
{
    public static CellFigure Of(Figure figure) => new(figure.Value, figure.Interval?.Low, figure.Interval?.High);

    /// <summary>The mean over images with its interval.</summary>
    public static CellFigure MeanOf(IReadOnlyCollection<double> values)
    {
        var mean = MeanInterval.Estimate(values);
        return values.Count > 1 ? new(mean.Mean, mean.Mean - mean.HalfWidth, mean.Mean + mean.HalfWidth) : new(mean.Mean);
    }

    public static CellDistances Of(FeatureJudgement judgement) => new()
    {
        Network = judgement.Network.Name,
        NetworkHash = judgement.Network.Hash,
        Frechet = Of(judgement.Frechet),
        FrechetFloor = new(judgement.FrechetFloor.Mean),
        Kernel = Of(judgement.Kernel),
        Precision = Of(judgement.Precision),
        Recall = Of(judgement.Recall),
        Density = Of(judgement.Density),
        Coverage = Of(judgement.Coverage),
    };

    public static CellCopies Of(MemorisationJudgement judgement)
    {
        var (fifth, first) = (judgement.Report.BelowFifth, judgement.Report.BelowFirst);
        return new(judgement.Space, Of(fifth), Of(first), fifth.Expected, first.Expected);
    }

    public static CellCounts Of(GradableRate rate) => new(rate.Gradable, rate.Total);

    /// <summary>Gradability of a cell's images; null without a grader.</summary>
    public static CellGradability? Of(SetJudge judge, GradableRate? generated, GradableRate? real, GradableRate? reconstructed) =>
        judge.Grader is not { } grader || generated is null || real is null
            ? null
            : new()
            {
                Grader = grader.Name,
                GraderHash = grader.Hash,
                IsOutside = judge.Outside.IsOutside,
                OutsideReason = judge.Outside.Reason,
                Generated = Bits(generated),
                Real = Of(real),
                Reconstructed = reconstructed is null ? null : Of(reconstructed),
            };

    /// <summary>One character an image.</summary>
    public static string Bits(GradableRate rate) => string.Concat(rate.Verdicts.Select(gradable => gradable ? '1' : '0'));

    private static CellCounts Of(CopyShare share) => new(share.Count, share.Total);
}

/// <summary>A cell's images drawn again with its circuits on noisy devices, from the same starting noise, and judged as its images are.</summary>
internal sealed class CellNoiseLevels(StudyContext context, StudyCell cell, TrainedModel model, SetJudge judge)
{
    private readonly StudyNoise _noise = context.Plan.Definition.Noise!;
    private readonly StudySampling _sampling = context.Plan.Definition.Sampling;

    /// <summary>The levels, ideal circuits first.</summary>
    /// <param name="samples">The folder of the cell's images.</param>
    /// <param name="cancellation">Interrupts it; images drawn so far are kept.</param>
    public IReadOnlyList<CellNoise> Measure(string samples, CancellationToken cancellation)
    {
        CellFolders.Claim(Path.Combine(context.Folder.WorkOf(cell.Name), "noise"), cell.Fingerprint);
        var ideal = FolderOf("ideal");
        CellSampler.Copy(samples, ideal, _noise.Count);
        var noiseless = CellSampler.Read(ideal, _noise.Count);
        var levels = new List<CellNoise> { Judge(ideal, "", 0, noiseless, cancellation) };
        foreach (var profile in _noise.Profiles.Select(source => ShippedProfiles.Load(source)))
        {
            foreach (var scale in _noise.Scales.Order())
                levels.Add(Draw(profile, scale, noiseless, cancellation));
        }

        return levels;
    }

    private CellNoise Draw(DeviceProfile profile, double scale, byte[][] noiseless, CancellationToken cancellation)
    {
        var folder = FolderOf(string.Create(CultureInfo.InvariantCulture, $"{profile.Name}-x{scale}"));
        context.Announce?.Invoke($"{cell.Name}: {_noise.Count} images on {profile.Name}, noise times {scale.ToString(CultureInfo.InvariantCulture)}");
        var noise = new LayerNoise(new DeviceBackend(profile, new ExecutionOptions { NoiseScale = scale, Seed = (ulong)_sampling.Seed }));
        // A device that cannot run the circuits is told in one line.
        noise.Describe(model.Networks);
        using (noise.Apply(model.Networks)) new CellSampler(model, _sampling.Seed, context.Progress).Draw(folder, _noise.Count, cancellation);
        return Judge(folder, profile.Name, scale, noiseless, cancellation);
    }

    private CellNoise Judge(string folder, string profile, double scale, byte[][] noiseless, CancellationToken cancellation)
    {
        var judgement = judge.Judge(folder, copies: false, cancellation);
        return new CellNoise
        {
            Profile = profile,
            Scale = scale,
            MeanChange = CellSampler.Read(folder, _noise.Count).Zip(noiseless, Change).Average(),
            Gradable = judgement.Gradability is { } gradable ? CellFigures.Bits(gradable) : null,
            Distances = [.. judgement.Features.Select(CellFigures.Of)],
        };
    }

    private static double Change(byte[] a, byte[] b)
    {
        long sum = 0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }

    private string FolderOf(string level) => Path.Combine(context.Folder.WorkOf(cell.Name), "noise", SafeName.Of(level));
}
