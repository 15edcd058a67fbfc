using System.CommandLine;

namespace Fovea.Cli.Terminal;

/// <summary>What a shell offers as the value of an option or argument. Files, where any are allowed, the shell knows itself.</summary>
internal static class Suggestions
{
    /// <summary>Offers these values and no others: those of the type, which the parser would offer, are not what a user writes.</summary>
    /// <param name="option">The option.</param>
    /// <param name="values">Asked when a shell asks: other runs of the program should not wait for it.</param>
    internal static Option<T> Suggest<T>(this Option<T> option, Func<IEnumerable<string>> values)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(_ => values());
        return option;
    }

    /// <inheritdoc cref="Suggest{T}(Option{T}, Func{IEnumerable{string}})"/>
    internal static Argument<T> Suggest<T>(this Argument<T> argument, Func<IEnumerable<string>> values)
    {
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add(_ => values());
        return argument;
    }
}
