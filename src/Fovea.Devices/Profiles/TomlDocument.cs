using Fovea.Core.Errors;
using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Fovea.Devices.Profiles;

/// <summary>Reads the text of a TOML file, and refuses what its library would lose a part of in silence.</summary>
public static class TomlDocument
{
    /// <summary>The tables of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="InputException">It is no TOML, or tables of one list stand apart.</exception>
    public static TomlTable Read(string text, string source)
    {
        try
        {
            // Deserializing alone lets a key that is given twice take its last value, and of a list's tables keeps those alone that stand together last.
            RequireTogether(SyntaxParser.ParseStrict(text, source, true), source);
            return TomlSerializer.Deserialize<TomlTable>(text)!;
        }
        catch (TomlException e)
        {
            throw new InputException($"{source}: not valid TOML: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static void RequireTogether(DocumentSyntax document, string source)
    {
        var (ended, list) = (new HashSet<string>(StringComparer.Ordinal), "");
        foreach (var table in document.Tables)
        {
            var name = $"{table.Name}".Trim();
            // A table of its own under one of the list belongs to that one.
            if (name == list || name.StartsWith(list + ".", StringComparison.Ordinal)) continue;
            if (list.Length > 0) ended.Add(list);
            list = table is TableArraySyntax ? name : "";
            if (ended.Contains(list))
                throw new InputException($"{source}: tables [[{list}]] stand apart, with others between them; allowed: one after the other");
        }
    }
}
