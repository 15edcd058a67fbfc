using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Models.Autoencoders;
using Fovea.Models.Denoisers;
using Fovea.Torch.Safetensors;
using Fovea.Training.Configuration;
using static TorchSharp.torch;

namespace Fovea.Training.Runs;

/// <summary>
/// The weights of another run that a run begins with: the averaged ones, which every run has, of both networks, or of the autoencoder alone where no other
/// is trained. They are copied into the run's folder, so that it can be resumed whatever becomes of the other run.
/// </summary>
public sealed class InitialWeights
{
    private const string ClassRows = "classes.weight";
    private readonly string _folder;

    private InitialWeights(string folder) => _folder = folder;

    private string AutoencoderPath => Path.Combine(_folder, RunFiles.Autoencoder);

    private string DenoiserPath => Path.Combine(_folder, RunFiles.Denoiser);

    /// <summary>Whether there are weights of a denoiser: a run that was told to train its autoencoder alone took none that did not fit.</summary>
    public bool HasDenoiser => File.Exists(DenoiserPath);

    /// <summary>Those that a run began with; null when it began with random ones.</summary>
    public static InitialWeights? Find(RunFolder folder) => Directory.Exists(folder.InitialWeights) ? new(folder.InitialWeights) : null;

    /// <summary>Throws when a run's weights do not fit a configuration, before anything is written.</summary>
    /// <param name="source">The other run, or <c>pretrained:NAME</c>.</param>
    /// <param name="config">The configuration of the run that is to begin.</param>
    /// <param name="isAutoencoderAlone">Whether the autoencoder alone is trained: the other run's denoiser may then be missing, or of another build.</param>
    /// <exception cref="InputException">The other run is not trained or was built otherwise; the message names the setting.</exception>
    public static void Require(string source, RunConfig config, bool isAutoencoderAlone)
    {
        using var other = RunFolder.Open(source);
        var theirs = RunConfigReader.FromFile(other.Config);
        if (Difference(config, theirs, isAutoencoderAlone) is { } difference)
        {
            throw new InputException(
                $"{source}: its weights do not fit this configuration ({difference}); "
                    + $"{new NamedInput("Init")} needs networks of one build");
        }

        AutoencoderFile.Load(other.Autoencoder, theirs).Model.Dispose();
        if (TakesDenoiser(other, config, isAutoencoderAlone)) DenoiserFile.Load(other.Denoiser, theirs).Model.Dispose();
    }

    // A run that is trained stage by stage begins with both.
    private static bool TakesDenoiser(RunFolder other, RunConfig config, bool isAutoencoderAlone) => !isAutoencoderAlone
        || (File.Exists(other.Denoiser) && Difference(config, RunConfigReader.FromFile(other.Config), isAutoencoderAlone: false) is null);

    /// <summary>Copies what fits of a run's weights, as <see cref="Require"/> has it, into the folder of a run that begins, and says what for its
    /// record.</summary>
    public static InitialRun CopyInto(RunFolder folder, string source, RunConfig config, bool isAutoencoderAlone)
    {
        using var other = RunFolder.Open(source);
        Directory.CreateDirectory(folder.InitialWeights);
        var copied = new InitialWeights(folder.InitialWeights);
        AtomicFile.Copy(other.Autoencoder, copied.AutoencoderPath);
        if (TakesDenoiser(other, config, isAutoencoderAlone)) AtomicFile.Copy(other.Denoiser, copied.DenoiserPath);
        var denoiser = copied.HasDenoiser ? FileHash.Compute(copied.DenoiserPath) : null;
        // What a fine-tuned run has seen is the other run's dataset too.
        return new InitialRun(source, FileHash.Compute(copied.AutoencoderPath), denoiser, RunData.Read(other)?.ContentHash);
    }

    /// <summary>Throws when a run that is resumed did not begin with the weights of that run.</summary>
    /// <exception cref="InputException">One line.</exception>
    public static void RequireSame(RunFolder folder, string source)
    {
        using var other = RunFolder.Open(source);
        if (Find(folder) is not { } own)
        {
            throw new InputException(
                $"{folder.Path}: was not begun with {new NamedInput("Init")} and cannot be resumed with it; "
                    + $"choose another {new NamedInput("Output")}");
        }

        if (FileHash.Compute(own.AutoencoderPath) != FileHash.Compute(other.Autoencoder)
            || (own.HasDenoiser && FileHash.Compute(own.DenoiserPath) != FileHash.Compute(other.Denoiser)))
        {
            throw new InputException(
                $"{folder.Path}: was begun with other weights than those of {source}; "
                    + $"leave {new NamedInput("Init")} out to go on with its own");
        }
    }

    /// <summary>Loads the autoencoder's.</summary>
    public void Load(Autoencoder model) => ModuleWeights.LoadInto(model, AutoencoderPath, acceptHalf: true);

    /// <summary>The factor of the autoencoder's latents that a denoiser of them knows.</summary>
    public double LatentScale(RunConfig config)
    {
        var (model, metadata) = AutoencoderFile.Load(AutoencoderPath, config);
        model.Dispose();
        return metadata.LatentScale;
    }

    /// <summary>Puts the denoiser's, as they are, into a run.</summary>
    public void CopyDenoiser(RunFolder folder) => AtomicFile.Copy(DenoiserPath, folder.Denoiser);

    /// <summary>Throws when the denoiser was told masks of other classes than a run is to be.</summary>
    /// <exception cref="InputException">One line.</exception>
    public void RequireMasks(IReadOnlyList<string> names)
    {
        var known = DenoiserFile.ReadMaskNames(SafetensorsFile.LoadHeader(DenoiserPath).Metadata, DenoiserPath);
        if (!known.SequenceEqual(names, StringComparer.Ordinal))
        {
            throw new InputException(
                $"{DenoiserPath}: was told masks of {string.Join(", ", known)}, the dataset has {string.Join(", ", names)}; "
                    + $"{new NamedInput("Init")} needs the same "
                    + $"classes of mask in the same order");
        }
    }

    /// <summary>
    /// Loads the denoiser's. Of a conditional one, the embeddings of classes of equal name are taken; a class that the other run did not
    /// know begins with the embedding of "no class".
    /// </summary>
    /// <returns>Names of the classes that the other run did not know.</returns>
    public IReadOnlyList<string> Load(UNet model, RunConfig config, IReadOnlyList<string> classes)
    {
        using var scope = NewDisposeScope();
        using var content = SafetensorsFile.Load(DenoiserPath);
        var tensors = content.Tensors.ToDictionary(entry => entry.Key, entry => entry.Value.to(ScalarType.Float32), StringComparer.Ordinal);
        var known = DenoiserFile.ReadClassNames(content.Metadata, DenoiserPath);
        var rows = classes.Select(name => Array.IndexOf(known, name)).ToArray();
        if (config.Denoiser.ClassConditional)
            tensors[ClassRows] = tensors[ClassRows].index_select(0, tensor([.. rows.Select(row => (long)(row < 0 ? known.Length : row)), known.Length]));
        ModuleWeights.LoadInto(model, tensors, DenoiserPath);
        return config.Denoiser.ClassConditional ? [.. classes.Where((_, i) => rows[i] < 0)] : [];
    }

    // Every setting that the shape of a network or the meaning of its output depends on.
    private static string? Difference(RunConfig config, RunConfig theirs, bool isAutoencoderAlone)
    {
        var (here, there) = (Shape(config, isAutoencoderAlone), Shape(theirs, isAutoencoderAlone));
        return here.Keys.Union(there.Keys)
            .Where(key => here.GetValueOrDefault(key) != there.GetValueOrDefault(key))
            .Select(key => $"{key} = {Value(config, key)} here, {Value(theirs, key)} there")
            .FirstOrDefault();
    }

    private static Dictionary<string, string> Shape(RunConfig config, bool isAutoencoderAlone) =>
        AutoencoderMetadata.ShapeOf(config).Concat(isAutoencoderAlone ? [] : DenoiserMetadata.ShapeOf(config)).DistinctBy(setting => setting.Key)
            .ToDictionary(setting => setting.Key, setting => setting.Value);

    private static string Value(RunConfig config, string key) =>
        config.Settings.Where(setting => setting.Key == key).Select(setting => AutoencoderMetadata.ShapeText(setting).Value).FirstOrDefault("unset");
}
