using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>What a definition says of itself besides its gates.</summary>
/// <param name="source">Where the lines come from.</param>
/// <param name="taken">Names that belong to others.</param>
internal sealed class Header(DefinitionSource source, IReadOnlyCollection<string> taken)
{
    private readonly List<string> _names = [];
    private readonly List<string> _about = [];
    private AnsatzStatus? _status;
    private WireRule? _wires;

    /// <summary>The name.</summary>
    public string Name => _names[0];

    /// <summary>The other names.</summary>
    public IReadOnlyList<string> Aliases => [.. _names.Skip(1)];

    /// <summary>The lines that say what it is, joined.</summary>
    public string Description => string.Join(' ', _about);

    /// <summary>Where it comes from.</summary>
    public AnsatzStatus Status => _status ?? AnsatzStatus.Own;

    /// <summary>The numbers of wires it takes.</summary>
    public WireRule Wires => _wires ?? WireRule.Any;

    /// <summary>Reads the first line.</summary>
    /// <exception cref="InputException">It does not name the ansatz.</exception>
    public void ReadFirst(SourceLine line)
    {
        if (line.Keyword != "ansatz")
            throw source.Problem(line.Number, $"the first line is 'ansatz NAME', not {DefinitionSource.Quote(line.Text)}");
        ReadName(line);
    }

    /// <summary>Reads a line that is not the first.</summary>
    /// <returns>Whether the line was one of the header.</returns>
    /// <exception cref="InputException">It breaks a rule.</exception>
    public bool TryRead(SourceLine line)
    {
        switch (line.Keyword)
        {
            case "ansatz":
                throw source.Problem(line.Number, $"'ansatz' comes twice; a file holds one ansatz, '{Name}' here");
            case "alias":
                ReadName(line);
                return true;
            case "about":
                ReadAbout(line);
                return true;
            case "status":
                RequireFirst(_status is null, line);
                _status = StatusNames.Read(line, source);
                return true;
            case "wires":
                RequireFirst(_wires is null, line);
                _wires = WireRuleReader.Read(line, source);
                return true;
            default:
                return false;
        }
    }

    private void ReadName(SourceLine line)
    {
        var name = line.Rest;
        if (!AnsatzNames.IsAllowed(name))
            throw source.Problem(line.Number, $"the name {DefinitionSource.Quote(name)} is not allowed; {AnsatzNames.Rule}");
        if (taken.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw source.Problem(line.Number, $"the name '{name}' belongs to an ansatz that comes with the library; choose another");
        if (_names.Contains(name))
            throw source.Problem(line.Number, $"the name '{name}' comes twice");
        _names.Add(name);
    }

    private void ReadAbout(SourceLine line)
    {
        if (line.Rest.Length == 0)
            throw source.Problem(line.Number, "'about' says nothing; a line of description follows it");
        if (line.Rest.Any(unit => char.IsControl(unit) || unit is '\u2028' or '\u2029'))
            throw source.Problem(line.Number, $"control characters are not allowed in {DefinitionSource.Quote(line.Rest)}");
        _about.Add(line.Rest);
    }

    private void RequireFirst(bool isFirst, SourceLine line)
    {
        if (!isFirst)
            throw source.Problem(line.Number, $"'{line.Keyword}' comes twice; allowed: once");
    }
}

/// <summary>What an ansatz may be called.</summary>
internal static partial class AnsatzNames
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "allowed: lower case letters, digits and single hyphens, a letter first, up to 64 characters";

    /// <summary>Whether a name keeps the rule.</summary>
    public static bool IsAllowed(string name) => name.Length <= 64 && Form().IsMatch(name);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex Form();
}

/// <summary>The names of <see cref="AnsatzStatus"/> in definitions: the enumeration's in lower case.</summary>
internal static class StatusNames
{
    private static readonly Dictionary<string, AnsatzStatus> ByName =
        Enum.GetValues<AnsatzStatus>().ToDictionary(status => status.ToString().ToLowerInvariant());

    /// <summary>Reads a line "status NAME".</summary>
    /// <exception cref="InputException">The name is unknown.</exception>
    public static AnsatzStatus Read(SourceLine line, DefinitionSource source) =>
        ByName.TryGetValue(line.Rest, out var status) ? status : throw source.Problem(
            line.Number,
            $"unknown status {DefinitionSource.Quote(line.Rest)}{NearestName.Hint(line.Rest, ByName.Keys)}; allowed: {string.Join(", ", ByName.Keys)}");
}

/// <summary>Reads the condition on the number of wires.</summary>
internal static class WireRuleReader
{
    /// <summary>Reads a line "wires CONDITION". The condition is computed for every number of wires at once.</summary>
    /// <exception cref="InputException">It is no condition on n, fails for some n, or allows none.</exception>
    public static WireRule Read(SourceLine line, DefinitionSource source)
    {
        var tokens = new TokenReader(line, source);
        tokens.Expect("wires");
        var text = Text(tokens, line.Rest);
        var condition = new WholeNumberParser(tokens, Scope.OfWires()).Condition();
        tokens.ExpectEnd();
        var allowed = Enumerable.Range(1, Circuit.MaxWires).Where(n => condition.Holds(Frame.OfWires(source, n))).ToImmutableHashSet();
        return allowed.IsEmpty
            ? throw tokens.Problem($"{DefinitionSource.Quote(line.Rest)} allows no number of wires n from 1 to {Circuit.MaxWires}")
            : new WireRule(text, allowed.Contains);
    }

    private static string Text(TokenReader tokens, string condition) =>
        (tokens.After(0), tokens.After(1), tokens.After(2), tokens.After(3), tokens.After(4), tokens.After(5))
            is ({ Text: "n" }, { Text: "%" }, { Kind: TokenKind.Number, Text: var factor }, { Text: "==" }, { Text: "0" }, { Kind: TokenKind.End })
            ? $"a multiple of {factor}"
            : $"a number of wires n with {condition}";
}
