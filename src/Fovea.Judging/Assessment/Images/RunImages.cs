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
    /// <param name="dataset">The dataset of real images.</param>
    /// <param name="sampling">How many images, and how.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Sample(string output, ImageDataset dataset, SampleRequest sampling, CancellationToken cancellation)
    {
        using var folder = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(folder.Config);
        // Images of another run, drawn as others or as other classes, would be taken for this one's.
        DrawnImages.Remove(output);
        if (Directory.Exists(output))
            foreach (var old in Directory.EnumerateDirectories(output)) DrawnImages.Remove(old);
        if (!config.Denoiser.ClassConditional)
        {
            SamplingRun.Execute(run, output, force: true, className: null, sampling, cancellation: cancellation);
            return;
        }

        var classes = dataset.ClassNames.Select((name, label) => (Name: name, Images: dataset.Entries.Count(entry => entry.Label == label))).ToArray();
        var (known, first) = (classes.Sum(item => item.Images), 0);
        if (known == 0) throw new InputException($"{run}: draws images of a class, and the real dataset names none");
        foreach (var (name, images) in classes)
        {
            var share = (int)Math.Round((double)sampling.Count * images / known);
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
