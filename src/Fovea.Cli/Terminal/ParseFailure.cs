using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Core.Errors;

namespace Fovea.Cli.Terminal;

/// <summary>Says in one line what is wrong with a command line.</summary>
internal static class ParseFailure
{
    /// <summary>The line for the first thing that is wrong. The result must have errors.</summary>
    internal static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var title = Title(parsed.CommandResult);
        if (StrayOptions(parsed).Concat(parsed.UnmatchedTokens).FirstOrDefault() is { } stray) return Stray(stray, command, title);
        if (command.Subcommands.Count > 0) return $"a command is needed; allowed: {Names(command.Subcommands)} (see {title} --help)";
        var error = parsed.Errors[0];
        return WrongType(error) ?? Missing(parsed, error, title) ?? error.Message.ReplaceLineEndings(" ");
    }

    /// <summary>Whether an unknown option stands where an argument was expected: no file's name is meant by <c>--cuda</c>.</summary>
    internal static bool HasStrayOption(ParseResult parsed) => StrayOptions(parsed).Any();

    // The parser takes an unknown option in front of the arguments for one of them.
    private static IEnumerable<string> StrayOptions(ParseResult parsed) => parsed.CommandResult.Command.Arguments
        .SelectMany(argument => parsed.CommandResult.GetResult(argument)?.Tokens ?? [])
        .Select(token => token.Value).Where(value => value.StartsWith("--", StringComparison.Ordinal));

    private static string Stray(string stray, Command command, string title)
    {
        if (stray.StartsWith('-'))
            return $"unknown option '{stray}' of {title}{OtherOptionNames.Hint(stray, command)} (see {title} --help)";
        return command.Subcommands.Count > 0
            ? $"unknown command '{stray}'{NearestName.Hint(stray, command.Subcommands.Select(c => c.Name))}; allowed: {Names(command.Subcommands)}"
            : $"'{stray}' is one argument too many for {title} (see {title} --help)";
    }

    private static string? WrongType(ParseError error)
    {
        var (name, type, tokens) = error.SymbolResult switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType, option.Tokens),
            ArgumentResult { Parent: OptionResult option } => (option.Option.Name, option.Option.ValueType, option.Tokens),
            _ => ("", typeof(string), []),
        };
        if (tokens is not [{ Value: var given }]) return null;
        var wanted = (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(int) && !int.TryParse(given, out _) => $"a whole number up to {int.MaxValue}",
            var t when t == typeof(long) && !long.TryParse(given, out _) => "a whole number",
            var t when t == typeof(double) && !double.TryParse(given, out _) => "a number",
            var t when t == typeof(bool) && !bool.TryParse(given, out _) => "true, false, or no value at all",
            _ => null,
        };
        return wanted is null ? null : $"{name} {given} is not allowed; allowed: {wanted}";
    }

    private static string? Missing(ParseResult parsed, ParseError error, string title) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0, IdentifierToken: not null, Option: var option } => $"{option.Name} needs a value (see {title} --help)",
        ArgumentResult { Tokens.Count: 0, Parent: OptionResult { IdentifierToken: not null } option } => $"{option.Option.Name} needs a value (see {title} --help)",
        { } when Absent(parsed.CommandResult) is { } name => $"{name} is missing (see {title} --help)",
        _ => null,
    };

    private static string? Absent(CommandResult result) =>
        result.Command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0 && result.GetResult(a) is not { Tokens.Count: > 0 }).Select(
            a => a.HelpName ?? a.Name)
            .Concat(result.Command.Options.Where(o => o.Required && result.GetResult(o) is not { IdentifierToken: not null }).Select(o => o.Name))
            .FirstOrDefault();

    private static string Names(IEnumerable<Command> commands) => string.Join(", ", commands.Select(command => command.Name));

    private static string Title(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Title(parent)} {result.Command.Name}" : "fovea";
}
