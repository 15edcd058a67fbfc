using System.Globalization;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Models.Denoisers;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Training.Configuration;

namespace Fovea.Training.Runs;

/// <summary>Makes, saves and loads a denoiser.</summary>
public static class DenoiserFile
{
    private const string ClassesKey = "fovea.classes";
    private const string MasksKey = "fovea.masks";
    private const string ClassImagesKey = "fovea.class_images";
    private const string EndedKey = "fovea.ended";

    /// <summary>A denoiser with seeded initial weights.</summary>
    public static UNet Create(RunConfig config, DenoiserMetadata metadata)
    {
        if (config.Denoiser.ClassConditional && metadata.ClassNames.Count == 0)
            throw new InputException("denoiser.class_conditional = true needs a dataset with class labels; this one has none");
        if (config.Denoiser.MaskConditional && metadata.MaskNames.Count == 0)
            throw new InputException("denoiser.mask_conditional = true needs a dataset with masks; this one has none");
        var masks = new MaskShape(metadata.MaskNames.Count, config.Autoencoder.Downsampling);
        var model = new UNet(config.Autoencoder.LatentChannels, metadata.ClassNames.Count, config.Denoiser, config.Quantum, masks);
        SeededInitialization.Apply(model, (ulong)config.Seed);
        return model;
    }

    /// <summary>Writes the weights as they are in the module, or rounded to float16.</summary>
    public static void Save(string path, UNet model, DenoiserMetadata metadata, bool asHalf = false)
    {
        var entries = new Dictionary<string, string>
        {
            ["fovea.kind"] = "denoiser",
            ["fovea.steps"] = metadata.Steps.ToString(CultureInfo.InvariantCulture),
            [ClassesKey] = JsonSerializer.Serialize(metadata.ClassNames),
        };
        if (metadata.HasEnded) entries[EndedKey] = "true";
        if (model.MaskCount > 0) entries[MasksKey] = JsonSerializer.Serialize(metadata.MaskNames);
        if (metadata.ClassImages.Count > 0) entries[ClassImagesKey] = JsonSerializer.Serialize(metadata.ClassImages);
        ModuleWeights.Save(model, path, entries, asHalf);
    }

    /// <summary>Builds the configured denoiser and loads the file's weights; on the CPU where no context is given.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or holds something else.</exception>
    public static (UNet Model, DenoiserMetadata Metadata) Load(string path, RunConfig config, ComputeContext? compute = null)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no trained denoiser here; run the denoiser stage first");
        var entries = SafetensorsFile.LoadHeader(path).Metadata;
        if (entries.GetValueOrDefault("fovea.kind") != "denoiser") throw new InputException($"{path}: does not hold a denoiser of this program");
        var metadata = new DenoiserMetadata
        {
            Steps = long.TryParse(entries.GetValueOrDefault("fovea.steps"), CultureInfo.InvariantCulture, out var steps) ? steps : 0,
            HasEnded = entries.GetValueOrDefault(EndedKey) == "true",
            ClassNames = ReadList<string>(entries, ClassesKey, path),
            ClassImages = ReadList<int>(entries, ClassImagesKey, path),
            MaskNames = ReadList<string>(entries, MasksKey, path),
        };
        if (metadata.ClassImages.Count > 0 && (metadata.ClassImages.Count != metadata.ClassNames.Count || metadata.ClassImages.Any(images => images < 0)))
            throw new InputException($"{path}: its metadata is damaged ({ClassImagesKey} is not a number of images for each class)");
        var model = ModuleWeights.Fill(Create(config, metadata), path, acceptHalf: true);
        model.On(compute).eval();
        return (model, metadata);
    }

    /// <summary>Names of the classes that a file's metadata lists.</summary>
    internal static string[] ReadClassNames(IReadOnlyDictionary<string, string> metadata, string path) => ReadList<string>(metadata, ClassesKey, path);

    /// <summary>Classes of mask that a stored denoiser is told; none for one without.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static IReadOnlyList<string> MaskNamesOf(string path) => ReadMaskNames(SafetensorsFile.LoadHeader(path).Metadata, path);

    /// <summary>Classes of mask that a file's metadata lists.</summary>
    internal static string[] ReadMaskNames(IReadOnlyDictionary<string, string> metadata, string path) => ReadList<string>(metadata, MasksKey, path);

    private static T[] ReadList<T>(IReadOnlyDictionary<string, string> metadata, string key, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T[]>(metadata.GetValueOrDefault(key, "[]")) ?? [];
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: its metadata is damaged ({key} is not a list of {(typeof(T) == typeof(string) ? "names" : "numbers")})", e);
        }
    }
}

/// <summary>What is stored with a denoiser's weights.</summary>
public sealed record DenoiserMetadata
{
    /// <summary>Training steps done.</summary>
    public long Steps { get; init; }

    /// <summary>Whether a training with a rule of convergence came to its end, by the rule or at its last step; others end at their last step.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Names of the dataset's classes, in label order.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Training images of each class; empty when not known, as of weights that earlier versions stored.</summary>
    public IReadOnlyList<int> ClassImages { get; init; } = [];

    /// <summary>Classes of mask that it is told, in their order; empty for none.</summary>
    public IReadOnlyList<string> MaskNames { get; init; } = [];

    /// <summary>Whether the training that a configuration asks for is done.</summary>
    public bool IsFinishedFor(RunConfig config) => config is null ? throw new ArgumentNullException(nameof(config))
        : config.DenoiserTraining.Convergence > 0 ? HasEnded : Steps >= config.DenoiserTraining.Steps;

    /// <summary>The settings that a denoiser's shape and the meaning of its output depend on, as texts by their keys.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> ShapeOf(RunConfig config) =>
        config.SettingsThatAffect(Affects.DenoiserShape, config.Quantum is { Enabled: true, Denoiser.Count: > 0 }).Select(AutoencoderMetadata.ShapeText);
}
