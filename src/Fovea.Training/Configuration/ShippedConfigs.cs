using System.Reflection;
using Fovea.Core.Errors;

namespace Fovea.Training.Configuration;

/// <summary>The configurations that come with the program, by name.</summary>
public static class ShippedConfigs
{
    private const string Prefix = "configs/";
    private const string Extension = ".toml";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a file, or the shipped configuration of that name when there is no such file.</summary>
    /// <exception cref="InputException">There is neither, or it breaks a rule.</exception>
    public static RunConfig Read(string pathOrName, IEnumerable<string> overrides)
    {
        if (File.Exists(pathOrName)) return RunConfigReader.FromFile(pathOrName, overrides);
        if (!Names.Contains(pathOrName))
            throw new InputException($"{pathOrName}: no such configuration file, nor a shipped configuration ({string.Join(", ", Names)}){NearestName.Hint(pathOrName, Names)}");
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + pathOrName + Extension)!);
        return RunConfigReader.FromToml(reader.ReadToEnd(), pathOrName, overrides);
    }
}
