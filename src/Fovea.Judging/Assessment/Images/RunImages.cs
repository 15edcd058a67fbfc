using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Training.Configuration;
using Fovea.Training.Pretrained;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Judging.Assessment.Images;

/// <summary>Images sampled from a run.</summary>
/// <param name="run">The run's folder.</param>
internal sealed class RunImages(string run)
{
    /// <summary>Whether a folder is a run, or a name that of a pretrained one.</summary>
    public static bool IsRun(string folder) => File.Exists(Path.Combine(PretrainedModels.FolderOf(folder), "config.toml"));

    /// <summary>Samples a run into a folder; a run that knows classes gets a folder for each, as many images as the dataset has in proportion.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="count">Images.</param>
    /// <param name="classes">Images a class of the real dataset.</param>
    /// <param name="request">Seed and progress.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Sample(string output, int count, IReadOnlyList<(string Name, int Images)> classes, EvaluationRequest request, CancellationToken cancellation)
    {
        using var folder = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(folder.Config);
        var sampling = new SampleRequest { Count = count, Seed = request.Seed, Progress = request.Progress };
        if (!config.Denoiser.ClassConditional)
        {
            SamplingRun.Execute(run, output, force: true, className: null, sampling, cancellation: cancellation);
            return;
        }

        var (known, first) = (classes.Sum(item => item.Images), 0);
        if (known == 0) throw new InputException($"{run}: draws images of a class, and the real dataset names none");
        foreach (var (name, images) in classes)
        {
            var share = (int)Math.Round((double)count * images / known);
            if (share == 0) continue;
            SamplingRun.Execute(run, Path.Combine(output, name), force: true, name, sampling with { Count = share, FirstImage = first }, cancellation: cancellation);
            first += share;
        }
    }

    /// <summary>Whether the run was trained on a dataset.</summary>
    public bool WasTrainedOn(ImageDataset dataset)
    {
        using var folder = RunFolder.Open(run);
        if (!File.Exists(folder.Data)) return false;
        using var data = JsonDocument.Parse(File.ReadAllBytes(folder.Data));
        return data.RootElement.TryGetProperty("content_hash", out var hash) && hash.GetString() == dataset.ContentHash;
    }
}
