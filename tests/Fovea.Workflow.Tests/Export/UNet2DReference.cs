using System.Text.Json;
using static TorchSharp.torch;

namespace Fovea.Tests.Export;

/// <summary>
/// <c>UNet2DModel</c> of Hugging Face's diffusers, written from what its class says: which weights it has by its configuration, and what it computes of them.
/// </summary>
internal sealed class UNet2DReference(JsonElement config, IReadOnlyDictionary<string, Tensor> weights)
{
    private readonly int[] _channels = [.. config.GetProperty("block_out_channels").EnumerateArray().Select(channels => channels.GetInt32())];
    private readonly string[] _down = Names(config, "down_block_types");
    private readonly string[] _up = Names(config, "up_block_types");
    private readonly int _layers = config.GetProperty("layers_per_block").GetInt32();
    private readonly int _groups = config.GetProperty("norm_num_groups").GetInt32();
    private readonly int _head = config.GetProperty("attention_head_dim").GetInt32();
    private readonly int _latent = config.GetProperty("in_channels").GetInt32();
    private readonly bool _scales = config.GetProperty("resnet_time_scale_shift").GetString() == "scale_shift";
    private readonly int? _middleGroups = config.GetProperty("attn_norm_num_groups") is { ValueKind: JsonValueKind.Number } groups ? groups.GetInt32() : null;

    // What is written down here holds for these values of the other arguments.
    private static readonly Dictionary<string, string> Rest = new()
    {
        ["center_input_sample"] = "False",
        ["time_embedding_type"] = "positional",
        ["mid_block_scale_factor"] = "1",
        ["downsample_padding"] = "1",
        ["downsample_type"] = "conv",
        ["upsample_type"] = "conv",
        ["dropout"] = "0",
        ["act_fn"] = "silu",
        ["add_attention"] = "True",
        ["class_embed_type"] = "",
    };

    private int Embedding => 4 * _channels[0];

    /// <summary>Names and shapes of its weights.</summary>
    internal IEnumerable<(string Name, long[] Shape)> Shapes()
    {
        List<(string, long[])> all = [];
        void Layer(string name, params long[] shape) => all.AddRange([(name + ".weight", shape), (name + ".bias", [shape[0]])]);
        void Resnet(string name, int inputs, int outputs)
        {
            Layer($"{name}.norm1", inputs);
            Layer($"{name}.conv1", outputs, inputs, 3, 3);
            Layer($"{name}.time_emb_proj", (_scales ? 2 : 1) * outputs, Embedding);
            Layer($"{name}.norm2", outputs);
            Layer($"{name}.conv2", outputs, outputs, 3, 3);
            if (inputs != outputs) Layer($"{name}.conv_shortcut", outputs, inputs, 1, 1);
        }

        void Attention(string name, int channels)
        {
            if (!name.StartsWith("mid", StringComparison.Ordinal) || _middleGroups is not null || !_scales) Layer($"{name}.group_norm", channels);
            foreach (var matrix in new[] { "to_q", "to_k", "to_v", "to_out.0" }) Layer($"{name}.{matrix}", channels, channels);
        }

        Layer("conv_in", _channels[0], _latent, 3, 3);
        Layer("time_embedding.linear_1", Embedding, _channels[0]);
        Layer("time_embedding.linear_2", Embedding, Embedding);
        if (config.GetProperty("num_class_embeds").ValueKind == JsonValueKind.Number)
            all.Add(("class_embedding.weight", [config.GetProperty("num_class_embeds").GetInt32(), Embedding]));
        var (current, last) = (_channels[0], _channels.Length - 1);
        var skips = new Stack<int>([current]);
        for (var level = 0; level <= last; level++)
        {
            for (var layer = 0; layer < _layers; layer++)
            {
                Resnet($"down_blocks.{level}.resnets.{layer}", current, _channels[level]);
                if (_down[level] == "AttnDownBlock2D") Attention($"down_blocks.{level}.attentions.{layer}", _channels[level]);
                skips.Push(current = _channels[level]);
            }

            if (level == last) break;
            Layer($"down_blocks.{level}.downsamplers.0.conv", current, current, 3, 3);
            skips.Push(current);
        }

        Resnet("mid_block.resnets.0", current, current);
        Attention("mid_block.attentions.0", current);
        Resnet("mid_block.resnets.1", current, current);
        for (var level = 0; level <= last; level++)
        {
            var outputs = _channels[last - level];
            for (var layer = 0; layer <= _layers; layer++)
            {
                Resnet($"up_blocks.{level}.resnets.{layer}", current + skips.Pop(), outputs);
                if (_up[level] == "AttnUpBlock2D") Attention($"up_blocks.{level}.attentions.{layer}", outputs);
                current = outputs;
            }

            if (level < last) Layer($"up_blocks.{level}.upsamplers.0.conv", outputs, outputs, 3, 3);
        }

        Layer("conv_norm_out", _channels[0]);
        Layer("conv_out", config.GetProperty("out_channels").GetInt32(), _channels[0], 3, 3);
        return all;
    }

    /// <summary>What it predicts.</summary>
    internal Tensor Apply(Tensor sample, Tensor timesteps, Tensor? classes)
    {
        var half = _channels[0] / 2;
        var slowest = -Math.Log(10_000) / (half - config.GetProperty("freq_shift").GetInt32());
        var angles = timesteps.to_type(ScalarType.Float32).unsqueeze(1).mul(arange(half).mul(slowest).exp());
        var (first, second) = config.GetProperty("flip_sin_to_cos").GetBoolean() ? (angles.cos(), angles.sin()) : (angles.sin(), angles.cos());
        var embedding = Linear("time_embedding.linear_2", nn.functional.silu(Linear("time_embedding.linear_1", cat([first, second], 1))));
        Assert.Equal(Rest, Rest.Keys.ToDictionary(name => name, name => config.GetProperty(name).ToString()));
        if (classes is not null) embedding = embedding.add(weights["class_embedding.weight"].index_select(0, classes));
        var hidden = Convolution("conv_in", sample);
        var skips = new Stack<Tensor>([hidden]);
        for (var level = 0; level < _channels.Length; level++)
        {
            for (var layer = 0; layer < _layers; layer++)
            {
                hidden = Resnet($"down_blocks.{level}.resnets.{layer}", hidden, embedding);
                if (_down[level] == "AttnDownBlock2D") hidden = Attention($"down_blocks.{level}.attentions.{layer}", hidden);
                skips.Push(hidden);
            }

            if (level < _channels.Length - 1) skips.Push(hidden = Convolution($"down_blocks.{level}.downsamplers.0.conv", hidden, stride: 2));
        }

        hidden = Resnet("mid_block.resnets.0", hidden, embedding);
        hidden = Resnet("mid_block.resnets.1", Attention("mid_block.attentions.0", hidden), embedding);
        for (var level = 0; level < _channels.Length; level++)
        {
            for (var layer = 0; layer <= _layers; layer++)
            {
                hidden = Resnet($"up_blocks.{level}.resnets.{layer}", cat([hidden, skips.Pop()], 1), embedding);
                if (_up[level] == "AttnUpBlock2D") hidden = Attention($"up_blocks.{level}.attentions.{layer}", hidden);
            }

            if (level == _channels.Length - 1) break;
            var doubled = nn.functional.interpolate(hidden, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
            hidden = Convolution($"up_blocks.{level}.upsamplers.0.conv", doubled);
        }

        return Convolution("conv_out", nn.functional.silu(Norm("conv_norm_out", hidden)));
    }

    private Tensor Resnet(string name, Tensor input, Tensor embedding)
    {
        var hidden = Convolution($"{name}.conv1", nn.functional.silu(Norm($"{name}.norm1", input)));
        var parts = Linear($"{name}.time_emb_proj", nn.functional.silu(embedding)).unsqueeze(-1).unsqueeze(-1).chunk(2, 1);
        hidden = Norm($"{name}.norm2", hidden).mul(parts[0].add(1)).add(parts[1]);
        hidden = Convolution($"{name}.conv2", nn.functional.silu(hidden));
        return hidden.add(weights.ContainsKey($"{name}.conv_shortcut.weight") ? Convolution($"{name}.conv_shortcut", input, padding: 0) : input);
    }

    private Tensor Attention(string name, Tensor input)
    {
        var (batch, channels) = (input.shape[0], input.shape[1]);
        var positions = Norm($"{name}.group_norm", input).view(batch, channels, -1).transpose(1, 2);
        Tensor Heads(string matrix) => Linear($"{name}.{matrix}", positions).view(batch, -1, channels / _head, _head).transpose(1, 2);
        var scores = Heads("to_q").matmul(Heads("to_k").transpose(2, 3)).mul(1 / Math.Sqrt(_head)).softmax(-1);
        var attended = scores.matmul(Heads("to_v")).transpose(1, 2).reshape(batch, -1, channels);
        return Linear($"{name}.to_out.0", attended).transpose(1, 2).view(input.shape).add(input);
    }

    private Tensor Norm(string name, Tensor input) =>
        nn.functional.group_norm(input, _groups, weights[name + ".weight"], weights[name + ".bias"], config.GetProperty("norm_eps").GetDouble());

    private Tensor Linear(string name, Tensor input) => nn.functional.linear(input, weights[name + ".weight"], weights[name + ".bias"]);

    // In double precision: the library's own convolutions of few channels are not to be relied on.
    private Tensor Convolution(string name, Tensor input, int stride = 1, int padding = 1) => nn.functional.conv2d(
        input.to_type(ScalarType.Float64),
        weights[name + ".weight"].to_type(ScalarType.Float64),
        weights[name + ".bias"].to_type(ScalarType.Float64),
        strides: [stride, stride],
        padding: [padding, padding]).to_type(ScalarType.Float32);

    private static string[] Names(JsonElement config, string name) => [.. config.GetProperty(name).EnumerateArray().Select(type => type.GetString()!)];
}
