using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Preparation;
using Fovea.Torch.Runtime;
using Fovea.Torch.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using TorchSharp;

namespace Fovea.Training.Sampling;

/// <summary>Samples a trained run into a folder: one PNG an image, and a grid.</summary>
public static class SamplingRun
{
    /// <summary>What to ask for in place of a class's name for images of none.</summary>
    public const string NoClass = "none";

    private const int MostCount = 10_000_000;
    private const int FewestImages = 4;
    private const int MostGridImages = 256;

    /// <summary>Draws the images into the files that <see cref="DrawnImages"/> names.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="output">The folder for the pictures; created or empty, unless forced.</param>
    /// <param name="force">Write into a folder that is not empty; images drawn into it before are removed.</param>
    /// <param name="className">
    /// The class, as <see cref="ClassLookup.Choose"/> understands it, or <see cref="NoClass"/>; null for the classes of
    /// <paramref name="request"/> and, without these, for all classes that the run knows, by their shares of its training images.
    /// </param>
    /// <param name="request">What to sample.</param>
    /// <param name="noise">Puts the circuits on a device; null for ideal circuits.</param>
    /// <param name="source">Pictures to begin from; null to begin from noise. Then images are of no class unless one is named.</param>
    /// <param name="masks">Masks to draw images for, as many as it says; null for images of no mask. Not together with pictures.</param>
    /// <param name="announce">Told what the device adds to the circuits, and whose pictures the images come from.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>How many images were asked for.</returns>
    /// <exception cref="InputException">The run is not trained, or a setting breaks a rule.</exception>
    public static int Execute(
        string run,
        string output,
        bool force,
        string? className,
        SampleRequest request,
        LayerNoise? noise = null,
        PictureSource? source = null,
        Action<string>? announce = null,
        MaskSource? masks = null,
        CancellationToken cancellation = default)
    {
        Check(request);
        using var folder = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(folder.Config);
        if (source is not null) request = request with { Start = source.Read(config.Size, announce) };
        // A part of another command, or of a program that uses this as a library, may have none.
        var compute = request.Compute ?? ComputeContext.Start(request.Threads ?? config.Threads, request.Device ?? ComputeDevices.Automatic);
        using var model = TrainedModel.Load(folder, config, compute);
        var (denoiser, metadata) = (model.Denoiser, model.DenoiserMetadata);
        IReadOnlyList<NamedMask> maskOf = [];
        if (masks is not null) (request, maskOf) = masks.Apply(request, config.Denoiser.MaskConditional ? metadata.MaskNames : [], config.Size, announce);
        Check(request);
        var chosen = WithClasses(request, className, metadata, denoiser.ClassCount, source is { IsEdit: true } ? "Edit" : "Class", announce);
        if (request.Guidance is not (null or 1) && chosen is { Class: null, Classes: null })
        {
            throw new InputException(
                $"{new NamedInput(nameof(request.Guidance))} would change nothing here; needed: images of a class, of a run that knows classes "
                    + $"(denoiser.class_conditional = true)");
        }

        if (noise is not null) Announce(noise, announce, run, model.Networks);
        // What was drawn before must not go for a request that is refused.
        model.Sampler.Check(chosen);
        OutputFolder.RequireOther(output, ("the run", folder.Path), ("the folder of masks", masks?.Path));
        OutputFolder.RequireOutside(output, [.. source?.Files ?? [], source?.Mask, masks?.Path]);
        OutputFolder.Prepare(output, force);
        DrawnImages.Remove(output);
        using var hands = Hands(model.Both, () => TrainedModel.Load(folder, config, compute).Both, compute, request);
        var sampler = new LatentSampler(config, denoiser, model.Both.Codec, hands);
        using var applied = noise?.Apply(hands?.Networks ?? [model.Both]);
        // The first picture of the grid is the one to begin from, and between two the last is the other.
        List<byte[]> shown = [.. request.Start?.Pictures.Take(1) ?? []];
        // Whose photograph images come from lies beside them before the first of them does.
        source?.Write(output);
        var drawn = 0;
        try
        {
            sampler.Sample(
                chosen,
                (index, pixels) =>
                {
                    PngFile.Write(DrawnImages.PathOf(output, index), pixels, config.Size, config.Size);
                    if (shown.Count < MostGridImages) shown.Add(pixels);
                    drawn++;
                },
                cancellation);
        }
        finally
        {
            // What was drawn before an interruption is kept, and so are the class and the mask of each.
            if (drawn > 0 && source is not null) announce?.Invoke(source.Privacy);
            if (drawn > 0) WriteOrigins(output, drawn, chosen, metadata, [.. maskOf.Take(drawn)], config.Size);
            else PictureSource.Remove(output);
        }

        shown.AddRange(request.Start?.Pictures.Skip(1) ?? []);
        ImageGrid.Write(Path.Combine(output, DrawnImages.GridName), shown, config.Size, config.Size);
        return chosen.Count;
    }

    private static void WriteOrigins(
        string output, int drawn, SampleRequest request, DenoiserMetadata metadata, NamedMask[] masks, int size)
    {
        var classes = request.Classes?.Take(drawn).Select(label => metadata.ClassNames[label]).ToArray();
        if (masks.Length > 0) MaskSource.Write(output, new MaskPictures(metadata.MaskNames, size), masks, request.FirstImage, classes, request.Seed);
        if (classes is not null) ClassFiles.Write(output, classes.Select((name, i) => (DrawnImages.PathOf("", request.FirstImage + i), name)));
    }

    // Operations of one batch keep several cores busy for a part of the time only: batches beside each other, a core each, take less. A copy of the
    // networks for a few images, or for a core that is not there, would not pay.
    private static DataParallel<SamplingNetworks>? Hands(
        SamplingNetworks networks, Func<SamplingNetworks> copy, ComputeContext compute, SampleRequest request)
    {
        if (!compute.IsCpu || request is not { Start: null, Preview: null }) return null;
        var hands = Math.Min(Math.Min(compute.Threads, Environment.ProcessorCount), request.Count / FewestImages);
        return hands > 1 ? new(networks, copy, BatchParts.Each(hands, compute.Threads)) : null;
    }

    private static void Announce(LayerNoise noise, Action<string>? announce, string run, params torch.nn.Module[] networks)
    {
        var lines = noise.Describe(networks);
        if (lines.Count == 0)
        {
            throw new InputException(
                $"{run}: has no quantum layers, {new NamedInput("Noise")} and {new NamedInput("Shots")} would change nothing");
        }

        foreach (var line in lines) announce?.Invoke(line);
    }

    private static void Check(SampleRequest request)
    {
        if (request.Count is < 1 or > MostCount) throw InputException.NotAllowed(nameof(request.Count), request.Count, $"1 to {MostCount}");
        if (request.Batch is < 1 or > 4096) throw InputException.NotAllowed(nameof(request.Batch), request.Batch, "1 to 4096");
        if (request.Seed < 0) throw InputException.NotAllowed(nameof(request.Seed), request.Seed, "0 and above");
        if (request.Eta is not (>= 0 and <= 1)) throw InputException.NotAllowed(nameof(request.Eta), request.Eta, "0 to 1");
        if (request.Guidance is not (null or (>= 0 and <= 100))) throw InputException.NotAllowed(nameof(request.Guidance), request.Guidance, "0 to 100");
    }

    private static SampleRequest WithClasses(
        SampleRequest request, string? className, DenoiserMetadata metadata, int classCount, string option, Action<string>? announce)
    {
        if (className is null && (classCount == 0 || request.Classes is not null || request.Start is not null)) return request;
        if (className is null && request.Class is null) return request with { Classes = ClassShares.Labels(metadata, classCount, request.Count) };
        var label = className is null ? request.Class : ClassIndex(className, metadata.ClassNames, classCount, option, announce);
        return request with { Class = null, Classes = label is { } known ? [.. Enumerable.Repeat(known, request.Count)] : null };
    }

    private static int? ClassIndex(string name, IReadOnlyList<string> names, int classCount, string input, Action<string>? announce)
    {
        if (classCount == 0)
        {
            throw new InputException(
                $"{new NamedInput(input)} {ClassLookup.Printable(name)}: the run's denoiser is not conditioned on classes "
                    + $"(denoiser.class_conditional = false)");
        }

        if (name == NoClass && ClassLookup.Candidates(names, name).Count == 0) return null;
        var (label, isPlace) = ClassLookup.Choose(input, name, names);
        if (isPlace) announce?.Invoke($"{input.ToLowerInvariant()} {name} is '{ClassLookup.Printable(names[label])}'");
        return label;
    }
}
