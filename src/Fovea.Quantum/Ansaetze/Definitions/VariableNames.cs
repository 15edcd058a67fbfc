using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>The rules for names of variables.</summary>
internal static class VariableNames
{
    /// <summary>Reads the name of a known variable and returns its slot.</summary>
    /// <exception cref="InputException">There is no variable of that name here.</exception>
    public static int Slot(TokenReader tokens, Scope scope)
    {
        var name = tokens.Take().Text;
        return scope.Find(name) is var slot and >= 0 ? slot : throw tokens.Problem(
            $"unknown variable {DefinitionSource.Quote(name)}{NearestName.Hint(name, scope.Names)}; known here: {string.Join(", ", scope.Names)}");
    }

    /// <summary>Reads the name of a new variable, which is declared after what may not name it yet.</summary>
    /// <param name="tokens">The line.</param>
    /// <param name="scope">The variables that are known already.</param>
    /// <param name="what">"loop variable" or the like.</param>
    /// <exception cref="InputException">The name is taken.</exception>
    public static string NewName(TokenReader tokens, Scope scope, string what)
    {
        var name = tokens.ExpectName($"the name of a {what}");
        if (Keywords.All.Contains(name))
            throw tokens.Problem($"the {what} {DefinitionSource.Quote(name)} has the name of a keyword; choose another");
        if (scope.Find(name) >= 0)
            throw tokens.Problem($"the {what} '{name}' would hide the variable of that name; choose another than {string.Join(", ", scope.Names)}");
        return name;
    }
}
