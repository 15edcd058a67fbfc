using Fovea.Core;
using Fovea.Diffusion.Losses;
using Fovea.Models.Denoisers;

namespace Fovea.Training.Configuration;

/// <summary>The sections <c>[autoencoder]</c> and <c>[autoencoder.training]</c>.</summary>
internal static class AutoencoderSettings
{
    private const Affects Shape = Affects.AutoencoderShape;
    private const Affects Training = Affects.AutoencoderTraining;

    public static readonly Setting<int> LatentChannels = Setting.WholeNumber(
        "autoencoder.latent_channels", 4, 1, 64, Affects.Shapes, "channels of the latent");
    public static readonly Setting<IReadOnlyList<int>> Channels = Setting.WholeNumbers(
        "autoencoder.channels", [48, 96], 4, 1024, 6, Shape, "channels a resolution level, finest first; each further level halves the resolution");
    public static readonly Setting<int> Blocks = Setting.WholeNumber("autoencoder.blocks", 1, 1, 8, Shape, "residual blocks a level");
    public static readonly Setting<int> Patch = Setting.WholeNumber(
        "autoencoder.patch", 2, 1, 4, Shape, "side of the pixel blocks folded into channels before the first convolution", but: 3);

    public static readonly Setting<int> Steps = Setting.WholeNumber("autoencoder.training.steps", 2000, 1, Setting.MostSteps, Training, "optimizer steps");
    public static readonly Setting<int> Batch = Setting.WholeNumber("autoencoder.training.batch", 32, 1, 4096, Training, "images a step");
    public static readonly Setting<double> LearningRate = Setting.Real(
        "autoencoder.training.learning_rate", 1e-3, 1e-8, 1, Training, "after warm-up; falls along a half cosine to a tenth");
    public static readonly Setting<double> CircuitRate = Setting.Real(
        "autoencoder.training.circuit_rate", 0, 0, 10, Training, "as denoiser.training.circuit_rate", before: 0);
    public static readonly Setting<string> Optimizer = Setting.Name(
        "autoencoder.training.optimizer", Optimizers.AdamW, Optimizers.Names, Training, "as denoiser.training.optimizer", before: Optimizers.AdamW);
    public static readonly Setting<bool> VectorDecay = Setting.Flag(
        "autoencoder.training.vector_decay", true, Training, "as denoiser.training.vector_decay", before: true);
    public static readonly Setting<int> Warmup = Setting.WholeNumber(
        "autoencoder.training.warmup", 100, 0, Setting.MostSteps, Training, "steps of linear warm-up");
    public static readonly Setting<double> KlWeight = Setting.Real(
        "autoencoder.training.kl_weight", 1e-4, 0, 1e3, Training, "weight of the Kullback-Leibler term, in nats a latent value");
    public static readonly Setting<double> GradientWeight = Setting.Real(
        "autoencoder.training.gradient_weight", 1, 0, 1e3, Training, "weight of the L1 difference of image gradients");
    public static readonly Setting<double> StructureWeight = Setting.Real(
        "autoencoder.training.structure_weight", 0.2, 0, 1e3, Training, "weight of 1 − SSIM");
    public static readonly Setting<double> DiscriminatorWeight = Setting.Real(
        "autoencoder.training.discriminator_weight", 0, 0, 1e3, Training, "weight of a patch discriminator's term; 0 trains without one");
    public static readonly Setting<int> DiscriminatorStart = Setting.WholeNumber(
        "autoencoder.training.discriminator_start", 1000, 0, Setting.MostSteps, Training, "step at which that term begins");
    public static readonly Setting<bool> DecoderOnly = Setting.Flag(
        "autoencoder.training.decoder_only", false, Training,
        "whether the encoder stays as it is in the run whose weights are taken over, and that run's denoiser with it", before: false);
    public static readonly Setting<double> Equivariance = Setting.Real(
        "autoencoder.training.equivariance", 0, 0, 1, Training,
        "share of steps in which turned and halved latents decode to turned and halved images",
        before: 0);
    public static readonly Setting<double> EmaDecay = Setting.Real(
        "autoencoder.training.ema_decay", 0.995, 0, 0.999999, Training, "decay of the weights' moving average, which reconstructs and encodes");

    public static readonly IReadOnlyList<Setting> All =
    [
        LatentChannels, Channels, Blocks, Patch, Steps, Batch, LearningRate, CircuitRate, Optimizer, VectorDecay,
        Warmup, KlWeight, GradientWeight, StructureWeight,
        DiscriminatorWeight, DiscriminatorStart, DecoderOnly, Equivariance, EmaDecay,
    ];
}

/// <summary>The sections <c>[denoiser]</c> and <c>[denoiser.training]</c>.</summary>
internal static class DenoiserSettings
{
    private const Affects Shape = Affects.DenoiserShape;
    private const Affects Training = Affects.DenoiserTraining;

    public static readonly Setting<IReadOnlyList<int>> Channels = Setting.WholeNumbers(
        "denoiser.channels", [64, 128, 128], 4, 2048, 6, Shape, "channels a resolution level of the U-Net, finest first; the first even");
    public static readonly Setting<int> Blocks = Setting.WholeNumber(
        "denoiser.blocks", 1, 1, 8, Shape, "residual blocks a level on the way down; one more on the way up");
    public static readonly Setting<IReadOnlyList<int>> Attention = Setting.WholeNumbers(
        "denoiser.attention", [2, 3], 1, 6, 6, Shape, "levels with self-attention after each block");
    public static readonly Setting<bool> ClassConditional = Setting.Flag("denoiser.class_conditional", false, Shape, "whether the network is told the class");
    public static readonly Setting<bool> MaskConditional = Setting.Flag(
        "denoiser.mask_conditional", false, Shape | Training, "whether the network is told masks of the images", before: false);

    public static readonly Setting<int> Steps = Setting.WholeNumber("denoiser.training.steps", 4000, 1, Setting.MostSteps, Training, "optimizer steps");
    public static readonly Setting<double> Convergence = Setting.Real(
        "denoiser.training.convergence", 0, 0, 0.5, Training,
        "ends earlier when the held-out loss falls by less than this share within the patience; 0 trains all steps",
        before: 0);
    public static readonly Setting<int> Patience = Setting.WholeNumber(
        "denoiser.training.patience", 500, 5, Setting.MostSteps, Training, "steps within which the held-out loss has to fall, with convergence", before: 500);
    public static readonly Setting<int> Batch = Setting.WholeNumber("denoiser.training.batch", 32, 1, 4096, Training, "latents a step");
    public static readonly Setting<double> LearningRate = Setting.Real(
        "denoiser.training.learning_rate", 1e-3, 1e-8, 1, Training, "after warm-up; falls along a half cosine to a tenth");
    public static readonly Setting<double> CircuitRate = Setting.Real(
        "denoiser.training.circuit_rate", 0, 0, 10, Training, "the rate of the circuits' weights, in their place of the learning rate", before: 0);
    public static readonly Setting<string> Optimizer = Setting.Name(
        "denoiser.training.optimizer", Optimizers.AdamW, Optimizers.Names, Training, "optimizer of the matrices; all else has AdamW", before: Optimizers.AdamW);
    public static readonly Setting<bool> VectorDecay = Setting.Flag(
        "denoiser.training.vector_decay", true, Training, "whether weight decay pulls biases and scales of normalisations, too", before: true);
    public static readonly Setting<int> Warmup = Setting.WholeNumber(
        "denoiser.training.warmup", 100, 0, Setting.MostSteps, Training, "steps of linear warm-up");
    public static readonly Setting<double> EmaDecay = Setting.Real(
        "denoiser.training.ema_decay", 0.999, 0, 0.999999, Training, "decay of the weights' moving average, which draws images");
    public static readonly Setting<double> MinSnrGamma = Setting.Real("denoiser.training.min_snr_gamma", 5, 0, 1000, Training, "γ of the min-SNR weighting");
    public static readonly Setting<string> TimestepDensity = Setting.Name(
        "denoiser.training.timestep_density", "uniform", TimestepDensities.Names, Training, "how often each timestep is trained", before: "uniform");
    public static readonly Setting<double> ClassDropout = Setting.Real(
        "denoiser.training.class_dropout", 0.1, 0, 1, Training, "share of labels replaced by \"no class\", for classifier-free guidance");

    public static readonly IReadOnlyList<Setting> All =
    [
        Channels, Blocks, Attention, ClassConditional, MaskConditional, Steps, Convergence, Patience, Batch,
        LearningRate, CircuitRate, Optimizer, VectorDecay, Warmup,
        EmaDecay, MinSnrGamma, TimestepDensity, ClassDropout,
    ];

    /// <summary>What is to be said of levels with attention that the network does not have, or null. Runs of before may name them.</summary>
    internal static string? DescribeAttention(DenoiserOptions options)
    {
        int[] absent = [.. options.Attention.Where(level => level > options.Channels.Count)];
        return absent.Length == 0 ? null
            : $"denoiser.attention names {string.Join(", ", absent)}, the denoiser has {Counted.Of(options.Channels.Count, "level")}; "
                + "attention stands at the others and in the middle";
    }
}

/// <summary>The optimizers by their names in configuration files.</summary>
internal static class Optimizers
{
    /// <summary>Adam with decoupled weight decay, for all parameters.</summary>
    public const string AdamW = "adamw";

    /// <summary>Orthogonal updates of matrices.</summary>
    public const string Muon = "muon";

    /// <summary>All names.</summary>
    public static readonly IReadOnlyList<string> Names = [AdamW, Muon];
}
