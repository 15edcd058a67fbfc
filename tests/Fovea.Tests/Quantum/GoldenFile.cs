using System.Text.Json;

namespace Fovea.Tests.Quantum;

/// <summary>Values of strongly entangling circuits computed by outside simulators (see the file's own "about").</summary>
internal sealed record GoldenCase(
    int Wires, int Layers, int Batch, double[] Inputs, double[] Weights, double[] Expectations, GoldenCotangent[] Cotangents);

/// <summary>Gradients of Σ_b Σ_i g_i ⟨Z_i⟩_b.</summary>
internal sealed record GoldenCotangent(double[] G, double[] InputGradients, double[] WeightGradients, double[] PerSample);

internal static class GoldenFile
{
    /// <summary>Every case, or a skipped test where the shared folder is not beside the repository.</summary>
    public static GoldenCase[] Load()
    {
        var path = Locate("golden", "golden.json");
        Assert.SkipWhen(path is null, "the folder 'shared' with golden/golden.json is not beside the repository");
        using var document = JsonDocument.Parse(File.ReadAllText(path!));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(ReadCase)];
    }

    public static string? Locate(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Fovea.slnx")))
                continue;
            var path = Path.GetFullPath(Path.Combine([folder.FullName, "..", "shared", .. parts]));
            return File.Exists(path) ? path : null;
        }

        return null;
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
