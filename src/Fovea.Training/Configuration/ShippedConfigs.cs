using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Training.Configuration;

/// <summary>The configurations that come with the program, by name.</summary>
public static class ShippedConfigs
{
    private static readonly EmbeddedTexts s_texts = new(typeof(ShippedConfigs).Assembly, "configs/", ".toml");

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => s_texts.Names;

    /// <summary>Reads a file, or the shipped configuration of that name when there is no such file.</summary>
    /// <exception cref="InputException">There is neither, or it breaks a rule.</exception>
    public static RunConfig Read(string pathOrName, IEnumerable<string> overrides)
    {
        if (File.Exists(pathOrName)) return RunConfigReader.FromFile(pathOrName, overrides);
        var text = s_texts.Find(pathOrName)
            ?? throw new InputException(
                $"{pathOrName}: no such configuration file, nor a shipped configuration ({string.Join(", ", Names)}){NearestName.Hint(pathOrName, Names)}");
        return RunConfigReader.FromToml(text, pathOrName, overrides);
    }
}
