using System.Text.Json;

namespace Fovea.Tests.Quantum;

/// <summary>Values of strongly entangling circuits computed by outside simulators (see the file's own "about").</summary>
internal sealed record GoldenCase(
    int Wires, int Layers, int Batch, double[] Inputs, double[] Weights, double[] Expectations, GoldenCotangent[] Cotangents);

/// <summary>Gradients of Σ_b Σ_i g_i ⟨Z_i⟩_b.</summary>
internal sealed record GoldenCotangent(double[] G, double[] InputGradients, double[] WeightGradients, double[] PerSample);

internal static class GoldenFile
{
    public static GoldenCase[] Load()
    {
        using var document = Open("golden.json");
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(ReadCase)];
    }

    /// <summary>A file of the folder <c>Golden</c>, whose README says how it was made.</summary>
    public static JsonDocument Open(string name)
    {
        using var stream = typeof(GoldenFile).Assembly.GetManifestResourceStream(name)!;
        return JsonDocument.Parse(stream);
    }

    private static GoldenCase ReadCase(JsonElement element) => new(
        element.GetProperty("n").GetInt32(),
        element.GetProperty("L").GetInt32(),
        element.GetProperty("B").GetInt32(),
        Flatten(element.GetProperty("inputs")),
        Flatten(element.GetProperty("weights")),
        Flatten(element.GetProperty("z")),
        [.. element.GetProperty("cotangents").EnumerateArray().Select(ReadCotangent)]);

    private static GoldenCotangent ReadCotangent(JsonElement element) => new(
        Flatten(element.GetProperty("g")),
        Flatten(element.GetProperty("grad_inputs")),
        Flatten(element.GetProperty("grad_weights")),
        Flatten(element.GetProperty("grad_weights_per_sample")));

    public static double[] Flatten(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Flatten)]
        : [element.GetDouble()];
}
