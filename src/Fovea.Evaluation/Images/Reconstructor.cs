using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Judges.Images;
using Fovea.Torch.Runtime;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using static TorchSharp.torch;

namespace Fovea.Evaluation.Images;

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
        if (config.Size != images.Side)
            throw new InputException($"{run}: works at {config.Size} px, the real images have {images.Side} px; prepare them with {new NamedInput("Size")} {config.Size}");
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
