using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;
using Fovea.Judges.Images;
using Fovea.Torch.Runtime;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using static TorchSharp.torch;

namespace Fovea.Evaluation.Images;

/// <summary>Images sampled from a run.</summary>
/// <param name="run">The run's folder.</param>
internal sealed class RunImages(string run)
{
    /// <summary>The part of the dataset whose masks a run draws for that is told masks of the dataset's classes; null for all of it.</summary>
    public Split? Split { get; init; }

    /// <summary>Whether a folder is a run, or a name that of a pretrained one.</summary>
    public static bool IsRun(string folder) => File.Exists(Path.Combine(PretrainedModels.FolderOf(folder), RunFiles.Config));

    /// <summary>Samples a run into a folder; a run that knows classes gets a folder for each, as many images as the dataset has in proportion.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="dataset">The dataset of real images.</param>
    /// <param name="sampling">How many images, and how.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Sample(string output, ImageDataset dataset, SampleRequest sampling, CancellationToken cancellation)
    {
        using var folder = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(folder.Config);
        RequireSize(run, config, dataset.Size);
        RequireGuided(folder, sampling, config, dataset);
        // Images of another run, drawn as others or as other classes, would be taken for this one's.
        DrawnImages.Remove(output);
        if (Directory.Exists(output))
            foreach (var old in Directory.EnumerateDirectories(output)) DrawnImages.Remove(old);
        if (!config.Denoiser.ClassConditional)
        {
            SamplingRun.Execute(run, output, force: true, className: null, sampling, masks: MasksOf(folder, config, dataset, null, sampling.Count),
                cancellation: cancellation);
            return;
        }

        DrawClasses(folder, config, output, dataset, sampling, cancellation);
    }

    /// <summary>How a run samples where nothing else is asked for.</summary>
    public static SamplingOptions Settings(string run)
    {
        using var folder = RunFolder.Open(run);
        return RunConfigReader.FromFile(folder.Config).Sampling;
    }

    /// <summary>Looks whether a run works at the size of real images, before it draws or reconstructs any.</summary>
    /// <exception cref="InputException">It works at another.</exception>
    internal static void RequireSize(string run, RunConfig config, int side)
    {
        if (config.Size != side)
        {
            throw new InputException(
                $"{run}: works at {config.Size} px, the real images have {side} px; prepare them with {new NamedInput("Size")} {config.Size}");
        }
    }

    // A guidance that changes nothing would stand in the report as if it had.
    private void RequireGuided(RunFolder folder, SampleRequest sampling, RunConfig config, ImageDataset dataset)
    {
        if (sampling.Guidance is not null && !config.Denoiser.ClassConditional)
            throw new InputException($"{run}: draws no classes (denoiser.class_conditional = false), {new NamedInput("Guidance")} would change nothing");
        var byClass = config.Denoiser.ClassConditional && (sampling.Guidance ?? config.Sampling.Guidance) != 1;
        sampling.AttentionInterval?.RequireForAttention((sampling.AttentionGuidance ?? config.Sampling.AttentionGuidance) != 0);
        sampling.GuidanceInterval?.RequireFor(byClass || sampling.MaskGuidance is not (null or 1));
        if (sampling.MaskGuidance is null) return;
        if (!config.Denoiser.MaskConditional)
            throw new InputException($"{run}: is not told masks (denoiser.mask_conditional = false), {new NamedInput("MaskGuidance")} would change nothing");
        if (MasksOf(folder, config, dataset, null, 1) is null)
            throw new InputException($"{dataset.Folder}: has no masks of the classes that {run} is told, which {new NamedInput("MaskGuidance")} needs");
    }

    private void DrawClasses(RunFolder folder, RunConfig config, string output, ImageDataset dataset, SampleRequest sampling, CancellationToken cancellation)
    {
        int[] images = [.. dataset.ClassNames.Select((_, label) => dataset.Entries.Count(entry => IsReal(entry) && entry.Label == label))];
        if (images.Sum() == 0) throw new InputException($"{run}: draws images of a class, and the real images that it is compared with name none");
        var labels = LabelsOf(folder, config, dataset, images);
        var folders = ClassFiles.FolderNames(dataset.ClassNames);
        var first = 0;
        List<(string File, string Class)> drawn = [];
        foreach (var (label, share) in ClassShares.Share(images, sampling.Count).Index().Where(item => item.Item > 0))
        {
            SamplingRun.Execute(
                run, Path.Combine(output, folders[label]), force: true, className: null,
                sampling with
                {
                    Count = share,
                    FirstImage = first,
                    Class = labels[label],
                    Progress = sampling.Progress is { } progress ? new PartProgress(progress, first, sampling.Count) : null,
                },
                masks: MasksOf(folder, config, dataset, label, share), cancellation: cancellation);
            drawn.AddRange(
                Enumerable.Range(first, share).Select(index => (DrawnImages.PathOf(folders[label], index).Replace('\\', '/'), dataset.ClassNames[label])));
            first += share;
        }

        ClassFiles.Write(output, drawn);
    }

    // Of another split's shares the images would be another mixture than what they are compared with.
    private bool IsReal(ManifestEntry entry) => Split is null || entry.Split == Split;

    /// <summary>Masks of real images, of one class first; null where the run is told none, or others than the dataset has.</summary>
    private MaskSource? MasksOf(RunFolder folder, RunConfig config, ImageDataset dataset, int? label, int count)
    {
        if (!config.Denoiser.MaskConditional || dataset.Masks is not { } masks || dataset.Size != config.Size) return null;
        if (!DenoiserFile.MaskNamesOf(folder.Denoiser).SequenceEqual(masks.Names, StringComparer.Ordinal)) return null;
        int[] all = [.. dataset.Entries.Where(entry => IsReal(entry) && masks.Has(entry.Index)).Select(entry => entry.Index)];
        int[] own = [.. all.Where(index => dataset.Entries[index].Label == label)];
        if (all.Length == 0) return null;
        var chosen = label is null || own.Length == 0 ? all : own;
        return new MaskSource { Masks = [.. chosen.Select(index => new NamedMask($"{index:D6}", masks[index].ToArray()))], Count = count };
    }

    /// <summary>The run's label of each class that the dataset has images of: by name alone, for its numbers are of another list.</summary>
    private int[] LabelsOf(RunFolder folder, RunConfig config, ImageDataset dataset, int[] images)
    {
        var (denoiser, metadata) = DenoiserFile.Load(folder.Denoiser, config);
        denoiser.Dispose();
        return
        [
            .. dataset.ClassNames.Select((name, label) => images[label] == 0 ? 0 : ClassLookup.Find(metadata.ClassNames, name)
                ?? throw new InputException(
                    $"{run}: draws no class '{ClassLookup.Printable(name)}', which {dataset.Folder} has images of; "
                        + $"it draws {string.Join(", ", metadata.ClassNames.Select(ClassLookup.Printable))}")),
        ];
    }

    /// <summary>Whether the run was trained on a dataset.</summary>
    public bool WasTrainedOn(ImageDataset dataset)
    {
        using var folder = RunFolder.Open(run);
        return RunData.Read(folder)?.ContentHash == dataset.ContentHash;
    }
}

/// <summary>What a run's autoencoder makes of real images: the ceiling of all that is sampled through it.</summary>
internal static class Reconstructor
{
    private const int Batch = 32;

    /// <summary>The images through encoder (the posterior's mean) and decoder.</summary>
    /// <exception cref="InputException">The run has no trained autoencoder, or works at another size.</exception>
    public static ImageSet Reconstruct(
        string run, ImageSet images, ComputeContext? compute, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        using var folder = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(folder.Config);
        RunImages.RequireSize(run, config, images.Side);
        var (model, _) = AutoencoderFile.Load(folder.Autoencoder, config, compute);
        using var owned = model;
        var device = model.Device();
        using var noGradient = no_grad();
        var pixels = new List<byte[]>(images.Count);
        foreach (var batch in images.Pixels.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            pixels.AddRange(CollectionPause.Run(() =>
            {
                using var scope = NewDisposeScope();
                return ImageTensors.ToPixels(model.call(ImageTensors.FromPixels(batch, images.Side, device)));
            }));
            progress?.Report(new ProgressUpdate("reconstructing", pixels.Count, images.Count, "images"));
        }

        return new ImageSet(run, "reconstructed", images.Side, pixels, images.Names, images.Classes, [], []);
    }
}
