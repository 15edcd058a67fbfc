using Fovea.Core.Errors;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Safetensors;
using Fovea.Training.Configuration;

namespace Fovea.Training.Stages;

/// <summary>Saves and loads a trained autoencoder with its facts.</summary>
public static class AutoencoderFile
{
    /// <summary>Writes the weights as they are in the module, or rounded to float16.</summary>
    public static void Save(string path, Autoencoder model, AutoencoderFacts facts, bool asHalf = false) => ModuleWeights.Save(model, path, facts.ToMetadata(), asHalf);

    /// <summary>
    /// Builds the configured autoencoder and loads the file's weights. Throws <see cref="InputException"/> when the file is
    /// damaged or holds an autoencoder of another shape.
    /// </summary>
    public static (Autoencoder Model, AutoencoderFacts Facts) Load(string path, RunConfig config)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no trained autoencoder here; run the autoencoder stage first");
        var facts = AutoencoderFacts.FromMetadata(SafetensorsFile.LoadHeader(path).Metadata, path);
        var wanted = AutoencoderFacts.ArchitectureOf(config);
        if (facts.Architecture != wanted)
            throw new InputException($"{path}: holds another autoencoder than the configuration describes; there: {facts.Architecture}; wanted: {wanted}");
        var model = new Autoencoder(config.Autoencoder, config.Quantum);
        ModuleWeights.LoadInto(model, path, acceptHalf: true);
        model.eval();
        return (model, facts);
    }
}
