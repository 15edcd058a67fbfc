using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze.Definitions;

namespace Fovea.Quantum.Ansaetze;

/// <summary>Reads an ansatz from the text that declares it; the grammar is in docs/ansatz.md.</summary>
public static class AnsatzDefinition
{
    /// <summary>Most bytes of a definition in UTF-8.</summary>
    public const int MaxBytes = SourceText.MaxBytes;

    /// <summary>
    /// Reads a definition. Its names may not be those of an ansatz that comes with the library, unless it is that ansatz to the letter.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="source">What messages call it: a file or a setting.</param>
    /// <exception cref="InputException">The text breaks a rule; the message is one line, "SOURCE:LINE: …".</exception>
    public static Ansatz Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        return AnsatzRegistry.Shipped.FirstOrDefault(shipped => shipped.Source == text)
            ?? DefinitionReader.Read(text, source, AnsatzRegistry.TakenNames);
    }
}
