using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Training.Configuration;

namespace Fovea.Training.Runs;

/// <summary>Saves and loads a trained autoencoder with its metadata.</summary>
public static class AutoencoderFile
{
    /// <summary>Writes the weights as they are in the module, or rounded to float16.</summary>
    public static void Save(string path, Autoencoder model, AutoencoderMetadata metadata, bool asHalf = false) =>
        ModuleWeights.Save(model, path, metadata.ToMetadata(), asHalf);

    /// <summary>
    /// Builds the configured autoencoder and loads the file's weights. Throws <see cref="InputException"/> when the file is
    /// damaged or holds an autoencoder of another shape. It is on the CPU where no context is given.
    /// </summary>
    public static (Autoencoder Model, AutoencoderMetadata Metadata) Load(string path, RunConfig config, ComputeContext? compute = null)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no trained autoencoder here; run the autoencoder stage first");
        var metadata = AutoencoderMetadata.FromMetadata(SafetensorsFile.LoadHeader(path).Metadata, path);
        var wanted = AutoencoderMetadata.ArchitectureOf(config);
        if (metadata.Architecture != wanted)
            throw new InputException($"{path}: holds another autoencoder than the configuration describes; there: {metadata.Architecture}; wanted: {wanted}");
        var model = ModuleWeights.Fill(new Autoencoder(config.Autoencoder, config.Quantum), path, acceptHalf: true);
        model.On(compute).eval();
        return (model, metadata);
    }
}

/// <summary>What is stored with an autoencoder's weights.</summary>
public sealed record AutoencoderMetadata
{
    /// <summary>Training steps done.</summary>
    public required long Steps { get; init; }

    /// <summary>Whether training ran to its end.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>Factor from latents to unit standard deviation.</summary>
    public required double LatentScale { get; init; }

    /// <summary>Side of the images in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>The settings that the network's shape depends on, as text.</summary>
    public required string Architecture { get; init; }

    /// <summary>The settings that an autoencoder's shape depends on, as text: equal text, interchangeable weights.</summary>
    public static string ArchitectureOf(RunConfig config) =>
        string.Join("; ", ShapeOf(config).Select(setting => $"{setting.Key} = {setting.Value}"));

    /// <summary>The same, setting by setting.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> ShapeOf(RunConfig config) =>
        config.SettingsThatAffect(Affects.AutoencoderShape, config.Quantum is { Enabled: true, Autoencoder.Count: > 0 })
            .Where(setting => !RunSettings.Find(setting.Key).IsUnnamedInWeights(setting.Value))
            .Select(ShapeText);

    /// <summary>A setting as it is compared: a user's ansatz, which is a whole text, by its digest.</summary>
    internal static KeyValuePair<string, string> ShapeText(KeyValuePair<string, object> setting) =>
        new(setting.Key, RunSettings.Find(setting.Key).IsDocument ? Digest((string)setting.Value) : SettingsText.Value(setting.Value));

    internal Dictionary<string, string> ToMetadata() => new()
    {
        ["fovea.kind"] = "autoencoder",
        ["fovea.steps"] = Steps.ToString(CultureInfo.InvariantCulture),
        ["fovea.finished"] = IsFinished ? "true" : "false",
        ["fovea.latent_scale"] = LatentScale.ToString("R", CultureInfo.InvariantCulture),
        ["fovea.image_size"] = ImageSize.ToString(CultureInfo.InvariantCulture),
        ["fovea.architecture"] = Architecture,
    };

    internal static AutoencoderMetadata FromMetadata(IReadOnlyDictionary<string, string> metadata, string path)
    {
        if (metadata.GetValueOrDefault("fovea.kind") != "autoencoder") throw new InputException($"{path}: does not hold an autoencoder of this program");
        try
        {
            return new AutoencoderMetadata
            {
                Steps = long.Parse(metadata["fovea.steps"], CultureInfo.InvariantCulture),
                IsFinished = metadata["fovea.finished"] == "true",
                LatentScale = double.Parse(metadata["fovea.latent_scale"], CultureInfo.InvariantCulture),
                ImageSize = int.Parse(metadata["fovea.image_size"], CultureInfo.InvariantCulture),
                Architecture = metadata["fovea.architecture"],
            };
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException)
        {
            throw new InputException($"{path}: its metadata is damaged ({e.Message})", e);
        }
    }

    // An ansatz of the user's is a whole text.
    private static string Digest(string text) => "SHA-256 " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
