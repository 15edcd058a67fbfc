using System.Globalization;
using Fovea.Core.Files;
using Fovea.Hardware.Execution;
using Fovea.Hardware.Profiles;
using Fovea.Judging.Assessment;
using Fovea.Study.Definitions;
using Fovea.Study.Planning;
using Fovea.Study.Results;
using Fovea.Training.Noise;
using Fovea.Training.Sampling;

namespace Fovea.Study.Cells;

/// <summary>A cell's images drawn again with its circuits on noisy devices, from the same starting noise, and judged as its images are.</summary>
internal sealed class CellNoiseLevels(CellContext context, StudyCell cell, TrainedModel model, SetJudge judge)
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
            foreach (var scale in _noise.Scales.Order())
                levels.Add(Draw(profile, scale, noiseless, cancellation));
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
            Gradable = CellFigures.Bits(judgement.Gradability),
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
