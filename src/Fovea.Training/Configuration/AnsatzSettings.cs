using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Training.Configuration;

/// <summary>
/// The ansatz of a configuration: a name, a file of the user's, or the text of one. A file becomes its name and its text, so that
/// the configuration a run keeps does not depend on the file.
/// </summary>
internal static class AnsatzSettings
{
    private const string NameKey = "quantum.ansatz";
    private const string Fallback = "ese2-recon";

    /// <summary>The text of the user's own ansatz.</summary>
    internal const string DefinitionKey = "quantum.ansatz_definition";

    /// <summary>Reads both settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder that a file's path starts from; empty for the working folder.</param>
    /// <returns>The ansatz, the name it is called by, and its text where the library does not have it.</returns>
    /// <exception cref="InputException">The ansatz is unknown, breaks a rule, or is an exhibit.</exception>
    internal static (Ansatz Ansatz, string Name, string? Definition) Read(SettingsReader settings, string folder)
    {
        var definition = settings.OptionalText(DefinitionKey) is { Length: > 0 } text
            ? AnsatzDefinition.Parse(text, $"{settings.Source}: {DefinitionKey}")
            : null;
        var name = settings.Text(NameKey, definition?.Name ?? Fallback);
        var ansatz = definition is not null ? Declared(definition, name, settings) : Named(name, settings, folder);
        if (ansatz.Status == AnsatzStatus.Exhibit)
            throw settings.Broken(NameKey, $"= {SettingsText.Value(name)} is an exhibit, a circuit with a fault, and cannot be trained; allowed: {Allowed}");
        if (AnsatzRegistry.Find(name) == ansatz)
            return (ansatz, name, null);
        settings.Record(NameKey, ansatz.Name);
        if (AnsatzRegistry.All.Contains(ansatz))
            return (ansatz, ansatz.Name, null);
        settings.Record(DefinitionKey, ansatz.Source);
        return (ansatz, ansatz.Name, ansatz.Source);
    }

    private static string Allowed => $"{string.Join(", ", AnsatzRegistry.NamesAndAliases)}, a {AnsatzFile.Extension} file";

    private static Ansatz Declared(Ansatz ansatz, string name, SettingsReader settings) =>
        ansatz.Aliases.Prepend(ansatz.Name).Contains(name)
            ? ansatz
            : throw settings.Broken(NameKey, $"= {SettingsText.Value(name)} is not what {DefinitionKey} declares; allowed: {ansatz.Name}, or {DefinitionKey} left out");

    private static Ansatz Named(string name, SettingsReader settings, string folder)
    {
        if (AnsatzRegistry.NamesAndAliases.Contains(name))
            return AnsatzRegistry.Get(name);
        if (AnsatzRegistry.FindExhibit(name) is { } exhibit)
            return exhibit;
        // What the command line sets is meant from where the command is given.
        var path = settings.IsOverridden(NameKey) ? name : Path.Combine(folder, name);
        return AnsatzFile.IsMeantBy(path)
            ? AnsatzFile.Load(path)
            : throw settings.Broken(NameKey, $"= {SettingsText.Value(name)} is not allowed; allowed: {Allowed}{NearestName.Hint(name, AnsatzRegistry.NamesAndAliases)}");
    }
}
