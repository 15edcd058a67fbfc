using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Study.Definitions;

/// <summary>The studies that come with the program, by name.</summary>
public static class ShippedStudies
{
    private const string Extension = ".toml";
    private static readonly EmbeddedTexts s_texts = new(typeof(ShippedStudies).Assembly, "studies/", Extension);

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => s_texts.Names;

    /// <summary>Reads a file, or the shipped study of that name when there is no such file.</summary>
    /// <exception cref="InputException">There is neither, or it breaks a rule.</exception>
    public static StudySource Read(string pathOrName)
    {
        if (File.Exists(pathOrName)) return new StudySource(File.ReadAllText(pathOrName), StudyReader.FromFile(pathOrName));
        var text = s_texts.Find(pathOrName)
            ?? throw new InputException($"{pathOrName}: no such study file, nor a shipped study ({string.Join(", ", Names)}){NearestName.Hint(pathOrName, Names)}");
        return new StudySource(text, StudyReader.FromToml(text, pathOrName + Extension));
    }
}
