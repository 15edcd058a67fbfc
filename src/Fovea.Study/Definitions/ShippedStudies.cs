using System.Reflection;
using Fovea.Core.Errors;

namespace Fovea.Study.Definitions;

/// <summary>The studies that come with the program, by name.</summary>
public static class ShippedStudies
{
    private const string Prefix = "studies/";
    private const string Extension = ".toml";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a file, or the shipped study of that name when there is no such file.</summary>
    /// <exception cref="InputException">There is neither, or it breaks a rule.</exception>
    public static StudySource Read(string pathOrName)
    {
        if (File.Exists(pathOrName)) return new StudySource(File.ReadAllText(pathOrName), StudyReader.FromFile(pathOrName));
        if (!Names.Contains(pathOrName))
            throw new InputException($"{pathOrName}: no such study file, nor a shipped study ({string.Join(", ", Names)}){NearestName.Hint(pathOrName, Names)}");
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + pathOrName + Extension)!);
        var text = reader.ReadToEnd();
        return new StudySource(text, StudyReader.FromToml(text, pathOrName + Extension));
    }
}
