using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Models.Graphs;
using Fovea.Reporting;
using Fovea.Torch.Onnx;
using Fovea.Training.Configuration;
using Fovea.Training.Sampling;

namespace Fovea.Training.Export;

/// <summary>
/// Exports a trained run for programs that have ONNX Runtime and nothing of this one: the denoiser and the decoder as graphs, <c>model.json</c> with what a
/// sampler needs (<see cref="OnnxModelDescription"/>), and a page with the loop of sampling in Python and in C#, which lie beside it as files.
/// </summary>
public static class OnnxExport
{
    /// <summary>Name of the denoiser's graph.</summary>
    public const string DenoiserName = "denoiser.onnx";

    /// <summary>Name of the decoder's graph.</summary>
    public const string DecoderName = "decoder.onnx";

    /// <summary>Name of what a sampler needs to know.</summary>
    public const string ModelName = "model.json";

    private static readonly EmbeddedTexts Texts = new(typeof(OnnxExport).Assembly, "onnx/", "");

    /// <summary>Writes the folder; nothing is left of it when this fails.</summary>
    /// <param name="run">The run's folder, or <c>pretrained:NAME</c>.</param>
    /// <param name="output">The folder; created or empty, unless forced.</param>
    /// <param name="force">Replace files of these names in a folder that is not empty.</param>
    /// <param name="cancellation">Looked at before each graph.</param>
    /// <returns>The names of the files, in the order of their writing.</returns>
    /// <exception cref="InputException">The run is not trained, a circuit cannot be written, or the folder breaks the rule.</exception>
    public static IReadOnlyList<string> Execute(string run, string output, bool force = false, CancellationToken cancellation = default) =>
        ExportFolder.Fill(run, output, force, (model, config, folder) => Write(model, config, folder, ExportFolder.NameOf(output), cancellation));

    /// <summary>The decoder's graph, as both formats have it.</summary>
    internal static void WriteDecoder(TrainedModel model, RunConfig config, string folder) => OnnxFile.Write(
        Path.Combine(folder, DecoderName), NetworkGraphs.Decoder(model.Autoencoder, model.LatentScale, config.LatentSize), $"The decoder of {Title(config)}");

    /// <summary>The program in Python: how a denoiser is asked, then the loop, which is the same for all.</summary>
    internal static string Program(string predict) => $"{Text(predict)}\n\n{Text("sample.py")}";

    /// <summary>An embedded page with its places in braces filled. Programs come last: what stands in them in braces is theirs.</summary>
    internal static string Filled(string page, IReadOnlyDictionary<string, string> places) =>
        places.Aggregate(Text(page), (text, place) => text.Replace($"{{{place.Key}}}", place.Value, StringComparison.Ordinal));

    private static string Text(string name) => Texts.Find(name) ?? throw new InvalidOperationException($"the text {name} is missing");

    private static string[] Write(TrainedModel model, RunConfig config, string folder, string folderName, CancellationToken cancellation)
    {
        var description = OnnxModelDescription.Build(model, config);
        var denoiser = NetworkGraphs.Denoiser(model.Denoiser, config.Autoencoder.LatentChannels, config.LatentSize, config.Size);
        cancellation.ThrowIfCancellationRequested();
        WriteDecoder(model, config, folder);
        cancellation.ThrowIfCancellationRequested();
        var metadata = new Dictionary<string, string> { ["prediction"] = description.Prediction };
        OnnxFile.Write(Path.Combine(folder, DenoiserName), denoiser, $"The denoiser of {Title(config)}", metadata);
        new ReportJson().Write(Path.Combine(folder, ModelName), description);
        AtomicFile.WriteText(Path.Combine(folder, "sample.py"), Program("predict-onnx.py"));
        AtomicFile.WriteText(Path.Combine(folder, "Sampling.cs"), Text("Sampling.cs"));
        AtomicFile.WriteText(Path.Combine(folder, "README.md"), Page(description, model.QuantumLayers.Count(), folderName));
        return [DecoderName, DenoiserName, ModelName, "sample.py", "Sampling.cs", "README.md"];
    }

    private static string Page(OnnxModelDescription description, int quantumLayers, string folder)
    {
        var shape = $"[batch, {description.LatentChannels}, {description.LatentSide}, {description.LatentSide}]";
        List<string> inputs = [$"`latents` float32 {shape}", "`timesteps` int64 [batch]"];
        if (description.NoClass is { } none)
            inputs.Add($"`class_ids` int64 [batch], 0 to {none - 1}, {none} for no class (what guidance sets beside the class)");
        if (description.Masks.Count > 0)
        {
            inputs.Add($"`masks` float32 [batch, {description.Masks.Count + 1}, {description.Size}, {description.Size}]: a plane from 0 to 1 for each of "
                + $"{string.Join(", ", description.Masks)}, then one of ones; zeros in all for no mask");
        }

        var named = new Dictionary<string, string>
        {
            ["name"] = description.Name,
            ["size"] = $"{description.Size}",
            ["version"] = description.FoveaVersion,
            ["opset"] = $"{OnnxFile.Opset}",
            ["circuits"] = quantumLayers == 0 ? "." : $": the circuits of the model's quantum layers ({quantumLayers} in all) are sines, cosines and matrix\n"
                + "products with their trained numbers, exact up to rounding.",
            ["inputs"] = string.Join("; ", inputs),
            ["latents"] = shape,
            ["scale"] = FormattableString.Invariant($"{description.LatentScale:G6}"),
            ["prediction"] = OnnxModelDescription.Meaning(description.Prediction),
            ["steps"] = $"{description.Sampling.Timesteps.Count}",
            ["classes"] = description.NoClass is null ? "none" : string.Join(", ", description.Classes),
            ["mask"] = description.Masks.Count == 0 ? "" : ", and the classes of mask",
            ["folder"] = folder,
            ["call"] = description.NoClass is null ? "null" : "[.. Enumerable.Repeat(0L, 9)]",
            ["python"] = Program("predict-onnx.py"),
            ["csharp"] = Text("Sampling.cs"),
        };
        return Filled("readme.md", named);
    }

    private static string Title(RunConfig config) => $"{config.Name}, {config.Size}×{config.Size} images by latent diffusion";
}
