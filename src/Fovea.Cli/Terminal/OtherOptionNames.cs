using System.CommandLine;
using Fovea.Core.Errors;

namespace Fovea.Cli.Terminal;

/// <summary>
/// What other programs' options are called here. An unknown option that stands in this table gets the answer of the table, or none: a
/// name that is merely spelt alike (--lora, --layers) would send its user somewhere else.
/// </summary>
internal static class OtherOptionNames
{
    private static readonly (string Names, string Option, string Setting)[] Table =
    [
        ("output output-dir output-path outdir out-dir save-dir save-path dest", "--out", ""),
        ("num-images num-samples n-samples samples number num n-images", "--count", ""),
        ("batch-size bs", "--batch", "batches are set by --set denoiser.training.batch=N"),
        ("epochs epoch num-epochs max-epochs num-train-epochs max-train-steps train-steps", "", "training is counted in steps, --set denoiser.training.steps=N"),
        ("num-steps n-steps max-steps iterations iters", "--steps", "steps are set by --set denoiser.training.steps=N"),
        ("num-inference-steps inference-steps sampling-steps ddim-steps", "--steps", ""),
        ("lr learning-rate", "", "the rate is set by --set denoiser.training.learning_rate=X"),
        ("guidance-scale cfg cfg-scale scale-cfg", "--guidance", ""),
        ("random-seed manual-seed random-state", "--seed", ""),
        ("num-threads n-threads nthreads", "--threads", ""),
        ("dataset data-dir data-root data-path dataset-dir train-data-dir", "--data", ""),
        ("label class-label class-name class-idx", "--class", ""),
        ("scheduler sampler-name", "--sampler", ""),
        ("overwrite", "--force", ""),
        ("resolution image-size img-size", "--size", "the size is that of the prepared dataset"),
        ("noise-level noise-factor noise-strength", "--noise-scale", ""),
        ("num-shots n-shots", "--shots", ""),
        ("wires num-wires n-wires num-qubits n-qubits", "--qubits", ""),
        ("num-layers n-layers reps", "--layers", ""),
        ("init init-image image input-image source-image img2img", "--from", ""),
        ("denoise denoising-strength", "--strength", ""),
        ("mask mask-image inpaint inpaint-mask", "--keep", ""),
        ("interpolate", "--between", ""),
        ("num-frames n-frames", "--frames", ""),
        ("cuda gpu gpus cpu", "--device", "the device is set by --set device=cuda"),
        ("strength prompt negative-prompt fp16 fp32 bf16 half amp mixed-precision precision "
            + "workers num-workers width height model model-name model-path checkpoint ckpt ckpt-path weights optimizer optim wandb "
            + "logger gradient-accumulation-steps "
            + "lora vae unet ema dropout dtype backend diff-method interface steps-per-epoch save-every eval", "", ""),
    ];

    /// <summary>The end of a message about an unknown option: "; did you mean '--out'?", what is done instead, or nothing.</summary>
    /// <param name="given">As typed.</param>
    /// <param name="command">The command it was given to.</param>
    public static string Hint(string given, Command command)
    {
        var options = command.Options.Where(option => !option.Hidden).Select(option => option.Name).ToArray();
        var name = given.Split('=')[0].TrimStart('-').Replace('_', '-').ToLowerInvariant();
        var entry = Table.FirstOrDefault(entry => entry.Names.Split(' ').Contains(name));
        if (entry.Names is null) return NearestName.Hint(given.Split('=')[0], options);
        if (options.Contains(entry.Option)) return $"; did you mean '{entry.Option}'?";
        return entry.Setting.Length > 0 && options.Contains("--set") ? $"; {entry.Setting}" : "";
    }
}
