using Fovea.Quantum.Ansaetze.Definitions;

namespace Fovea.Quantum.Ansaetze;

/// <summary>The definitions that are embedded in the library, from the folder Shipped.</summary>
internal static class ShippedAnsaetze
{
    /// <summary>Those that can be trained, in the order of listings.</summary>
    public static IReadOnlyList<string> Trainable { get; } =
    [
        "strongly-entangling", "basic-entangler", "simplified-two-design", "hqconv", "fqconv", "fqconv-port", "ese1-recon", "ese2-recon",
        "brick", "ry-rz-ring", "crx-ring", "cz-ring", "ry-rz-half-brick", "half-range",
    ];

    /// <summary>Those that show a fault.</summary>
    public static IReadOnlyList<string> Exhibits { get; } = ["hqconv-published", "rz-chain"];

    /// <summary>Reads definitions by their names.</summary>
    public static IReadOnlyList<Ansatz> Read(IEnumerable<string> names) => [.. names.Select(Read)];

    private static Ansatz Read(string name)
    {
        var resource = $"ansaetze/{name}{AnsatzFile.Extension}";
        using var stream = typeof(ShippedAnsaetze).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return DefinitionReader.Read(reader.ReadToEnd(), resource, []);
    }
}
