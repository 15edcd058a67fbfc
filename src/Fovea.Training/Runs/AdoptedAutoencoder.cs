using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Training.Configuration;

namespace Fovea.Training.Runs;

/// <summary>The trained autoencoder of one run as that of another, whose denoiser learns on its latents.</summary>
internal static class AdoptedAutoencoder
{
    /// <summary>Looks whether a run has one that a configuration can take over.</summary>
    /// <exception cref="InputException">It has none, one of another shape, or one whose training is not finished.</exception>
    public static void Require(string source, RunConfig config)
    {
        using var other = RunFolder.Open(source);
        var (model, metadata) = AutoencoderFile.Load(other.Autoencoder, config);
        model.Dispose();
        if (!metadata.IsFinished) throw new InputException($"{other.Autoencoder}: its training is not finished");
    }

    /// <summary>Looks whether a run that is resumed has that of the other run, if it has one.</summary>
    /// <exception cref="InputException">It has another.</exception>
    public static void RequireSame(RunFolder folder, string source)
    {
        using var other = RunFolder.Open(source);
        if (File.Exists(folder.Autoencoder) && FileHash.Compute(folder.Autoencoder) != FileHash.Compute(other.Autoencoder))
        {
            throw new InputException(
                $"{folder.Path}: has another autoencoder than {source}, and a denoiser learns on the latents of one; "
                    + $"choose another {new NamedInput("Output")}");
        }
    }

    /// <summary>Copies it, and the latents that the other run has.</summary>
    public static void CopyInto(RunFolder folder, string source)
    {
        using var other = RunFolder.Open(source);
        AtomicFile.Copy(other.Autoencoder, folder.Autoencoder);
        // They are used if they are of this dataset, and else made anew.
        if (File.Exists(other.Latents) && !File.Exists(folder.Latents)) AtomicFile.Copy(other.Latents, folder.Latents);
    }
}
