using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

/// <summary>Draws images with the networks of this folder by ONNX Runtime alone: the deterministic sampler DDIM on the schedule that model.json has.</summary>
internal sealed class OnnxSampling : IDisposable
{
    private readonly InferenceSession _denoiser;
    private readonly InferenceSession _decoder;
    private readonly JsonElement _model;
    private readonly double[] _alphas;
    private readonly double[] _sigmas;

    public OnnxSampling(string folder)
    {
        _model = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "model.json"))).RootElement;
        (_alphas, _sigmas) = (Numbers("alphas"), Numbers("sigmas"));
        _denoiser = new InferenceSession(Path.Combine(folder, "denoiser.onnx"));
        _decoder = new InferenceSession(Path.Combine(folder, "decoder.onnx"));
    }

    /// <summary>Numbers of one image's noise: channels · side · side.</summary>
    public int NoiseSize => Integer("latent_channels") * Integer("latent_side") * Integer("latent_side");

    /// <summary>Standard normal noise for some images.</summary>
    public float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, count * NoiseSize).Select(_ => (float)Normal())];
    }

    /// <summary>Noise → images as rows of 8-bit red, green and blue.</summary>
    /// <param name="noise">[images · channels · side · side].</param>
    /// <param name="classes">The class of each image, or the number "no_class"; null for a model without classes.</param>
    /// <param name="guidance">1 for the model as it was trained; more follows the class more strongly.</param>
    /// <param name="masks">[images · (classes of mask + 1) · size · size] as model.json describes; null for a model without masks, or for no mask.</param>
    public byte[][] Draw(float[] noise, long[]? classes, double guidance = 1, float[]? masks = null)
    {
        var latents = (float[])noise.Clone();
        var sampling = _model.GetProperty("sampling");
        var steps = sampling.GetProperty("timesteps").EnumerateArray().Select(step => step.GetInt32()).ToArray();
        // The timesteps that are guided; descriptions of earlier versions name none, and mean all.
        var least = sampling.TryGetProperty("guidance_least", out var first) ? first.GetInt32() : 0;
        var most = sampling.TryGetProperty("guidance_most", out var last) ? last.GetInt32() : _alphas.Length;
        for (var i = 0; i < steps.Length; i++)
        {
            var (alpha, sigma) = (_alphas[steps[i]], _sigmas[steps[i]]);
            // The last step ends without noise.
            var (nextAlpha, nextSigma) = i + 1 < steps.Length ? (_alphas[steps[i + 1]], _sigmas[steps[i + 1]]) : (1.0, 0.0);
            var output = Predict(latents, steps[i], classes, masks);
            if (guidance != 1 && classes is not null && steps[i] >= least && steps[i] <= most)
            {
                var plain = Predict(latents, steps[i], [.. classes.Select(_ => (long)Integer("no_class"))], masks);
                for (var k = 0; k < output.Length; k++) output[k] = (float)((guidance * output[k]) + ((1 - guidance) * plain[k]));
            }

            for (var k = 0; k < output.Length; k++)
            {
                var (clean, added) = Parts(latents[k], output[k], alpha, sigma);
                latents[k] = (float)((nextAlpha * clean) + (nextSigma * added));
            }
        }

        return Decode(latents);
    }

    public void Dispose()
    {
        _denoiser.Dispose();
        _decoder.Dispose();
    }

    // What is image and what is noise in x = alpha · image + sigma · noise, by what the denoiser says.
    private (double Clean, double Noise) Parts(double x, double output, double alpha, double sigma) => _model.GetProperty("prediction").GetString() switch
    {
        "epsilon" => ((x - (sigma * output)) / alpha, output),
        "v" => ((alpha * x) - (sigma * output), (sigma * x) + (alpha * output)),
        "flow" => ((x - (sigma * output)) / (alpha + sigma), (x + (alpha * output)) / (alpha + sigma)),
        _ => (output, (x - (alpha * output)) / sigma),
    };

    private float[] Predict(float[] latents, int timestep, long[]? classes, float[]? masks)
    {
        var count = latents.Length / NoiseSize;
        OrtValue Alike(int value) => OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat((long)value, count).ToArray(), [count]);
        var inputs = new Dictionary<string, OrtValue> { ["latents"] = Latents(latents), ["timesteps"] = Alike(timestep) };
        if (Names("classes") > 0) inputs["class_ids"] = classes is null ? Alike(Integer("no_class")) : OrtValue.CreateTensorValueFromMemory(classes, [count]);
        if (Names("masks") is > 0 and var planes)
        {
            long[] shape = [count, planes + 1, Integer("size"), Integer("size")];
            inputs["masks"] = OrtValue.CreateTensorValueFromMemory(masks ?? new float[shape.Aggregate(1L, (product, side) => product * side)], shape);
        }

        return Run(_denoiser, inputs, "prediction");
    }

    private byte[][] Decode(float[] latents)
    {
        var (values, size) = (Run(_decoder, new() { ["latents"] = Latents(latents) }, "images"), Integer("size"));
        byte Pixel(int image, int at, int colour) => (byte)MathF.Round((values[(((image * 3) + colour) * size * size) + at] + 1) * 127.5f);
        return [.. Enumerable.Range(0, values.Length / (3 * size * size)).Select(image =>
            Enumerable.Range(0, 3 * size * size).Select(k => Pixel(image, k / 3, k % 3)).ToArray())];
    }

    private OrtValue Latents(float[] values) =>
        OrtValue.CreateTensorValueFromMemory(values, [values.Length / NoiseSize, Integer("latent_channels"), Integer("latent_side"), Integer("latent_side")]);

    private static float[] Run(InferenceSession session, Dictionary<string, OrtValue> inputs, string output)
    {
        using var options = new RunOptions();
        using var results = session.Run(options, inputs, [output]);
        foreach (var value in inputs.Values) value.Dispose();
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private int Integer(string name) => _model.GetProperty(name).GetInt32();

    private int Names(string name) => _model.GetProperty(name).GetArrayLength();

    private double[] Numbers(string name) => [.. _model.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
