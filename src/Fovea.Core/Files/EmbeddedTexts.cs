using System.Reflection;

namespace Fovea.Core.Files;

/// <summary>Texts that an assembly holds under a prefix, by what stands between prefix and extension in their resource names.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="prefix">What their names begin with, as <c>configs/</c>.</param>
/// <param name="extension">What they end with, with its dot.</param>
public sealed class EmbeddedTexts(Assembly assembly, string prefix, string extension)
{
    /// <summary>Their names in order.</summary>
    public IReadOnlyList<string> Names { get; } =
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(extension, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..^extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a name; null when there is none.</summary>
    public string? Find(string name)
    {
        using var stream = assembly.GetManifestResourceStream(prefix + name + extension);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
