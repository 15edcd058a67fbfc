using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>How well an autoencoder reconstructs held-out images: the ceiling of every image that is sampled through it.</summary>
/// <param name="Split">The images measured: val, or train when the dataset holds none out.</param>
/// <param name="Images">Their number.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in dB of the range [−1, 1], averaged over images; of the decoder's own numbers, which pictures limit and
/// round.</param>
/// <param name="Ssim">Structural similarity, averaged over images.</param>
/// <param name="L1">Mean absolute difference on [−1, 1].</param>
public sealed record ReconstructionQuality(string Split, int Images, double Psnr, double Ssim, double L1)
{
    /// <summary>The range of pixels that structural similarity is defined on, as files name it.</summary>
    internal const string PublishedRange = "[0, 1]";

    private const int Batch = 32;
    private const double DataRange = 2; // values in [−1, 1]
    private const double SmallestError = 1e-10;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>
    /// The range of the pixels that <see cref="Ssim"/> was computed on: [0, 1] as published; null in older files, which hold that of [−1, 1].
    /// </summary>
    public string? SsimRange { get; init; }

    /// <summary>Reconstructs the validation images through the posterior's mean and compares.</summary>
    public static ReconstructionQuality Measure(Autoencoder model, ImageDataset dataset, CancellationToken cancellation = default)
    {
        using var noGradient = no_grad();
        using var similarity = new StructuralSimilarity();
        var device = model.Device();
        var split = dataset.IndicesOf(Imaging.Datasets.Split.Val).Count > 0 ? Imaging.Datasets.Split.Val : Imaging.Datasets.Split.Train;
        var indices = dataset.IndicesOf(split);
        double psnr = 0, ssim = 0, l1 = 0;
        foreach (var chunk in indices.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var images = ImageTensors.FromDataset(dataset, chunk, device: device);
            var reconstruction = model.call(images);
            var difference = reconstruction.sub(images).flatten(1);
            foreach (var error in TensorSpans.ToArray<float>(difference.Squared().mean([1])))
                psnr += 10 * Math.Log10(DataRange * DataRange / Math.Max(error, SmallestError));
            ssim += similarity.PerImage(reconstruction, images).sum().ToDouble();
            l1 += difference.abs().mean([1]).sum().ToDouble();
        }

        return new ReconstructionQuality(split.ToName(), indices.Count, psnr / indices.Count, ssim / indices.Count, l1 / indices.Count)
        {
            SsimRange = PublishedRange,
        };
    }

    /// <summary>Reads what a run wrote of its autoencoder.</summary>
    /// <exception cref="InputException">There is nothing, or it is damaged.</exception>
    public static ReconstructionQuality Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ReconstructionQuality>(File.ReadAllText(path), Json) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new InputException($"{path}: cannot be read ({FileProblem.Of(path, e)})", e);
        }
    }

    /// <summary>One line for the terminal.</summary>
    public override string ToString() => $"reconstruction of {Images} {Split} images: PSNR {Psnr:F2} dB, SSIM {Ssim:F3}, L1 {L1:F4}";
}
