using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Diffusion.Predictions;
using Fovea.Models;
using Fovea.Models.Blocks;
using Fovea.Models.Denoisers;
using Fovea.Reporting;
using Fovea.Torch.Safetensors;
using Fovea.Training.Configuration;
using TorchSharp;
using TorchSharp.Modules;

namespace Fovea.Training.Export;

/// <summary>
/// Exports a classical denoiser as <c>UNet2DModel</c> of Hugging Face's diffusers, which computes the same function: its configuration and its weights by the
/// names there. The decoder, which is no <c>AutoencoderKL</c>, goes along as a graph, with a program that draws with both.
/// </summary>
public static class DiffusersExport
{
    /// <summary>The denoiser's configuration.</summary>
    public const string ConfigName = "unet/config.json";

    /// <summary>The denoiser's weights.</summary>
    public const string WeightsName = "unet/diffusion_pytorch_model.safetensors";

    /// <summary>The noise schedule, where diffusers has one for it.</summary>
    public const string SchedulerName = "scheduler/scheduler_config.json";

    // The first version that takes attn_norm_num_groups.
    private const string DiffusersVersion = "0.22.0";

    /// <summary>Writes the folder; nothing is left of it when this fails.</summary>
    /// <param name="run">The run's folder, or <c>pretrained:NAME</c>.</param>
    /// <param name="output">The folder; created or empty, unless forced.</param>
    /// <param name="force">Replace files of these names in a folder that is not empty.</param>
    /// <param name="cancellation">Looked at between weights and graph.</param>
    /// <returns>The names of the files, in the order of their writing.</returns>
    /// <exception cref="InputException">The run is not trained, its denoiser has no counterpart in diffusers, or the folder breaks the rule.</exception>
    public static IReadOnlyList<string> Execute(string run, string output, bool force = false, CancellationToken cancellation = default) =>
        ExportFolder.Fill(run, output, force, (model, config, folder) =>
        {
            var network = Describe(run, model.Denoiser, config);
            foreach (var name in new[] { ConfigName, SchedulerName }) Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            using var scope = torch.NewDisposeScope();
            new ReportJson().Write(Path.Combine(folder, ConfigName), network);
            SafetensorsFile.Save(
                Path.Combine(folder, WeightsName),
                UNet2DNames.Rename(ModuleWeights.Collect(model.Denoiser), config.Denoiser),
                new Dictionary<string, string> { ["format"] = "pt" });
            cancellation.ThrowIfCancellationRequested();
            OnnxExport.WriteDecoder(model, config, folder);
            var description = OnnxModelDescription.Build(model, config);
            new ReportJson().Write(Path.Combine(folder, OnnxExport.ModelName), description);
            var scheduler = Scheduler(description);
            if (scheduler is not null) new ReportJson().Write(Path.Combine(folder, SchedulerName), scheduler);
            AtomicFile.WriteText(Path.Combine(folder, "sample.py"), OnnxExport.Program("predict-diffusers.py"));
            AtomicFile.WriteText(Path.Combine(folder, "README.md"), Page(description, scheduler is not null));
            string[] files = [ConfigName, WeightsName, SchedulerName, OnnxExport.DecoderName, OnnxExport.ModelName, "sample.py", "README.md"];
            // One of an earlier export would be taken for this model's.
            var earlier = Path.Combine(output, SchedulerName);
            if (scheduler is null && File.Exists(earlier)) File.Delete(earlier);
            return [.. files.Where(file => scheduler is not null || file != SchedulerName)];
        });

    // The arguments of UNet2DModel that shape this network, those with its defaults too: defaults may change there.
    private static Dictionary<string, object?> Describe(string run, UNet denoiser, RunConfig config)
    {
        var options = config.Denoiser;
        var layers = ParameterReport.AngleLayersOf(denoiser).Count;
        if (layers > 0)
        {
            throw new InputException(
                $"{run}: the denoiser has {layers} quantum layers or controls, and diffusers has none; allowed: a denoiser without "
                    + $"(quantum.denoiser = []), or {new NamedInput("Format")} onnx");
        }

        if (options.MaskConditional)
        {
            throw new InputException(
                $"{run}: denoiser.mask_conditional = true has no counterpart in UNet2DModel; allowed: false, or {new NamedInput("Format")} onnx");
        }

        var groups = Only(run, "groups of normalisation", denoiser.modules().OfType<GroupNorm>().Select(norm => norm.num_groups));
        var head = Only(run, "channels of an attention head", denoiser.modules().OfType<AttentionBlock>().Select(attention => (long)attention.HeadChannels));
        string Block(string end, int level) => options.Attention.Contains(level + 1) ? $"Attn{end}Block2D" : $"{end}Block2D";
        var levels = Enumerable.Range(0, options.Channels.Count).ToArray();
        return new()
        {
            ["_class_name"] = "UNet2DModel",
            ["_diffusers_version"] = DiffusersVersion,
            ["sample_size"] = config.LatentSize,
            ["in_channels"] = config.Autoencoder.LatentChannels,
            ["out_channels"] = config.Autoencoder.LatentChannels,
            ["center_input_sample"] = false,
            ["time_embedding_type"] = "positional",
            ["freq_shift"] = 0,
            ["flip_sin_to_cos"] = true,
            ["down_block_types"] = levels.Select(level => Block("Down", level)).ToArray(),
            ["up_block_types"] = levels.Reverse().Select(level => Block("Up", level)).ToArray(),
            ["block_out_channels"] = options.Channels,
            ["layers_per_block"] = options.Blocks,
            ["mid_block_scale_factor"] = 1,
            ["downsample_padding"] = 1,
            ["downsample_type"] = "conv",
            ["upsample_type"] = "conv",
            ["dropout"] = 0.0,
            ["act_fn"] = "silu",
            ["attention_head_dim"] = head,
            ["norm_num_groups"] = groups,
            ["attn_norm_num_groups"] = groups,
            ["norm_eps"] = 1e-5,
            ["resnet_time_scale_shift"] = "scale_shift",
            ["add_attention"] = true,
            ["class_embed_type"] = null,
            ["num_class_embeds"] = denoiser.ClassCount > 0 ? denoiser.ClassCount + 1 : null,
        };
    }

    // UNet2DModel has one number for the whole network, where ours may differ by the channels of a level.
    private static long Only(string run, string what, IEnumerable<long> numbers)
    {
        var distinct = numbers.Distinct().Order().ToArray();
        return distinct.Length == 1
            ? distinct[0]
            : throw new InputException(
                $"{run}: denoiser.channels give layers of {string.Join(", ", distinct)} {what}, and UNet2DModel has one number for all; "
                    + $"allowed: for example multiples of 32, or {new NamedInput("Format")} onnx");
    }

    // A flow's output is none of those that a scheduler for noise at unit variance knows.
    private static Dictionary<string, object?>? Scheduler(OnnxModelDescription description)
    {
        var prediction = PredictionKinds.Parse(description.Prediction) switch
        {
            PredictionKind.Epsilon => "epsilon",
            PredictionKind.Velocity => "v_prediction",
            PredictionKind.Sample => "sample",
            _ => null,
        };
        if (prediction is null) return null;
        var kept = description.Alphas.Select(alpha => alpha * alpha).ToArray();
        return new()
        {
            ["_class_name"] = "DDIMScheduler",
            ["_diffusers_version"] = DiffusersVersion,
            ["num_train_timesteps"] = kept.Length,
            ["trained_betas"] = (IReadOnlyList<double>)[.. kept.Select((alpha, t) => 1 - (alpha / (t == 0 ? 1 : kept[t - 1])))],
            ["prediction_type"] = prediction,
            ["clip_sample"] = false,
            ["set_alpha_to_one"] = true,
            ["steps_offset"] = 0,
            ["thresholding"] = false,
            ["timestep_spacing"] = "trailing",
        };
    }

    private static string Page(OnnxModelDescription description, bool hasScheduler) => OnnxExport.Filled("readme-diffusers.md", new Dictionary<string, string>
    {
        ["name"] = description.Name,
        ["size"] = $"{description.Size}",
        ["version"] = description.FoveaVersion,
        ["latents"] = $"[batch, {description.LatentChannels}, {description.LatentSide}, {description.LatentSide}]",
        ["prediction"] = OnnxModelDescription.Meaning(description.Prediction),
        ["scheduler"] = hasScheduler ? "| `scheduler/` | the noise schedule for `DDIMScheduler.from_pretrained` |\n" : "",
        ["steps"] = $"{description.Sampling.Timesteps.Count}",
        ["scale"] = FormattableString.Invariant($"{description.LatentScale:G6}"),
        ["flow"] = hasScheduler ? "" : "The denoiser predicts a flow at unit variance, for which diffusers has no scheduler: the program has the loop.",
        ["classes"] = description.NoClass is { } none ? $"{string.Join(", ", description.Classes)}; {none} for no class" : "none",
        ["python"] = OnnxExport.Program("predict-diffusers.py"),
    });
}

/// <summary>The names that the weights of a <see cref="UNet"/> have in diffusers' <c>UNet2DModel</c>.</summary>
internal static class UNet2DNames
{
    private static readonly Dictionary<string, string> s_outer = new()
    {
        ["time.linear1"] = "time_embedding.linear_1",
        ["time.linear2"] = "time_embedding.linear_2",
        ["classes"] = "class_embedding",
        ["input"] = "conv_in",
        ["output_norm"] = "conv_norm_out",
        ["output"] = "conv_out",
    };

    private static readonly Dictionary<string, string> s_block = new()
    {
        ["norm1"] = "norm1",
        ["conv1"] = "conv1",
        ["norm2"] = "norm2",
        ["conv2"] = "conv2",
        ["modulation"] = "time_emb_proj",
        ["shortcut"] = "conv_shortcut",
    };

    /// <summary>The weights by their names there; those of an attention, convolutions of 1 × 1 here, are matrices, and three where one is here.</summary>
    /// <param name="weights">By the names here.</param>
    /// <param name="options">The network's shape.</param>
    internal static Dictionary<string, torch.Tensor> Rename(IReadOnlyDictionary<string, torch.Tensor> weights, DenoiserOptions options)
    {
        var places = Places(options).ToDictionary(place => place.Here, place => place.There);
        var renamed = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        // The frequencies of timesteps are not weights there.
        foreach (var (name, value) in weights.Where(weight => weight.Key != "time.frequencies"))
        {
            var (layer, kind) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
            if (s_outer.TryGetValue(layer, out var outer))
            {
                renamed.Add($"{outer}.{kind}", value);
                continue;
            }

            var end = layer.LastIndexOf('.');
            if (places.TryGetValue(layer, out var whole))
                renamed.Add($"{whole}.{kind}", value);
            else if (places[layer[..end]] is var place && s_block.TryGetValue(layer[(end + 1)..], out var part))
                renamed.Add($"{place}.{part}.{kind}", value);
            else
                AddAttention(renamed, place, layer[(end + 1)..], kind, value);
        }

        return renamed;
    }

    private static void AddAttention(Dictionary<string, torch.Tensor> renamed, string place, string part, string kind, torch.Tensor value)
    {
        var matrix = value.flatten(Math.Min(1, value.dim() - 1));
        if (part == "norm")
            renamed.Add($"{place}.group_norm.{kind}", value);
        else if (part == "output")
            renamed.Add($"{place}.to_out.0.{kind}", matrix);
        else
            foreach (var (third, name) in matrix.chunk(3).Zip(["to_q", "to_k", "to_v"])) renamed.Add($"{place}.{name}.{kind}", third);
    }

    // The stages here stand in a row, down and up; there in blocks, a level each.
    private static IEnumerable<(string Here, string There)> Places(DenoiserOptions options)
    {
        var (levels, stage) = (options.Channels.Count, 0);
        for (var level = 0; level < levels; level++)
        {
            for (var layer = 0; layer < options.Blocks; layer++, stage++)
            {
                yield return ($"down.{stage}.block", $"down_blocks.{level}.resnets.{layer}");
                yield return ($"down.{stage}.attention", $"down_blocks.{level}.attentions.{layer}");
            }

            if (level < levels - 1) yield return ($"down.{stage++}.resample", $"down_blocks.{level}.downsamplers.0.conv");
        }

        yield return ("middle.block", "mid_block.resnets.0");
        yield return ("middle.attention", "mid_block.attentions.0");
        yield return ("middle.block2", "mid_block.resnets.1");
        stage = 0;
        for (var level = 0; level < levels; level++)
        {
            for (var layer = 0; layer <= options.Blocks; layer++, stage++)
            {
                yield return ($"up.{stage}.block", $"up_blocks.{level}.resnets.{layer}");
                yield return ($"up.{stage}.attention", $"up_blocks.{level}.attentions.{layer}");
                if (layer == options.Blocks && level < levels - 1) yield return ($"up.{stage}.resample", $"up_blocks.{level}.upsamplers.0.conv");
            }
        }
    }
}
