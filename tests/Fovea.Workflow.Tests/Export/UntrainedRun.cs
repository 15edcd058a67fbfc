using Fovea.Models.Autoencoders;
using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Tests.Export;

/// <summary>A run with weights that are nowhere special, without a training.</summary>
internal static class UntrainedRun
{
    /// <summary>Writes the run into the folder; its own folder.</summary>
    internal static string Write(TemporaryFolder temporary, RunConfig config)
    {
        var folder = Directory.CreateDirectory(temporary.File("run")).FullName;
        File.WriteAllText(Path.Combine(folder, "config.toml"), config.ToToml());
        using var autoencoder = new Autoencoder(config.Autoencoder, config.Quantum);
        SeededInitialization.Apply(autoencoder, 8);
        Networks.Perturb(autoencoder);
        AutoencoderFile.Save(Path.Combine(folder, "autoencoder.safetensors"), autoencoder, new AutoencoderMetadata
        {
            Steps = 1,
            IsFinished = true,
            // What an untrained network predicts as noise leads far away, to pictures of black and white alone.
            LatentScale = config.Diffusion.Prediction == "epsilon" ? 60 : 0.7,
            ImageSize = config.Size,
            Architecture = AutoencoderMetadata.ArchitectureOf(config),
        });
        string[] masks = config.Denoiser.MaskConditional ? ["vessels", "disc"] : [];
        var metadata = new DenoiserMetadata { Steps = 1, ClassNames = ["none", "a b", "c", "d"], MaskNames = masks };
        using var denoiser = DenoiserFile.Create(config, metadata);
        Networks.Perturb(denoiser);
        DenoiserFile.Save(Path.Combine(folder, "denoiser.safetensors"), denoiser, metadata);
        return folder;
    }
}
