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
        if (command is { Subcommands.Count: > 0, Action: null }) return $"a command is needed; allowed: {Names(command.Subcommands)} (see {title} --help)";
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
        // An option of one value that is given several times is refused elsewhere.
        if (tokens.Count > 1 && !type.IsArray) return null;
        var one = type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type;
        return tokens.Select(token => token.Value).FirstOrDefault(given => Wanted(one, given) is not null) is { } wrong
            ? $"{name} {wrong} is not allowed; allowed: {Wanted(one, wrong)}"
            : null;
    }

    private static string? Wanted(Type type, string given) => type switch
    {
        var t when t == typeof(int) && !int.TryParse(given, out _) => $"a whole number up to {int.MaxValue}",
        var t when t == typeof(long) && !long.TryParse(given, out _) => "a whole number",
        var t when t == typeof(double) && !double.TryParse(given, out _) => "a number",
        var t when t == typeof(bool) && !bool.TryParse(given, out _) => "true, false, or no value at all",
        _ => null,
    };

    private static string? Missing(ParseResult parsed, ParseError error, string title) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0, IdentifierToken: not null, Option: var option } => $"{option.Name} needs a value (see {title} --help)",
        OptionResult { Option: { Arity.MinimumNumberOfValues: > 1 and var needed } option } result when result.Tokens.Count < needed =>
            $"{option.Name} needs {needed} values (see {title} --help)",
        ArgumentResult { Tokens.Count: 0, Parent: OptionResult { IdentifierToken: not null } option } =>
            $"{option.Option.Name} needs a value (see {title} --help)",
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

/// <summary>
/// What other programs' options are called here. An unknown option that stands in this table gets the answer of the table, or none: a
/// name that is merely spelt alike (--lora, --layers) would send its user somewhere else.
/// </summary>
internal static class OtherOptionNames
{
    private static readonly (string Names, string Option, string Setting)[] Table =
    [
        ("output output-dir output-path outdir out-dir save-dir save-path dest", "--out", ""),
        ("num-images num-samples n-samples samples number num n-images", "--count", ""),
        ("batch-size bs", "--batch", "batches are set by --set denoiser.training.batch=N"),
        (
            "epochs epoch num-epochs max-epochs num-train-epochs max-train-steps train-steps",
            "",
            "training is counted in steps, --set denoiser.training.steps=N"),
        ("num-steps n-steps max-steps iterations iters", "--steps", "steps are set by --set denoiser.training.steps=N"),
        ("num-inference-steps inference-steps sampling-steps ddim-steps", "--steps", ""),
        ("lr learning-rate", "", "the rate is set by --set denoiser.training.learning_rate=X"),
        ("guidance-scale cfg cfg-scale scale-cfg", "--guidance", ""),
        ("random-seed manual-seed random-state", "--seed", ""),
        ("num-threads n-threads nthreads", "--threads", ""),
        ("dataset data-dir data-root data-path dataset-dir train-data-dir", "--data", ""),
        ("label class-label class-name class-idx", "--class", ""),
        ("scheduler sampler-name", "--sampler", ""),
        ("overwrite", "--force", ""),
        ("resolution image-size img-size", "--size", "the size is that of the prepared dataset"),
        ("noise-level noise-factor noise-strength", "--noise-scale", ""),
        ("num-shots n-shots", "--shots", ""),
        ("wires num-wires n-wires num-qubits n-qubits", "--qubits", ""),
        ("num-layers n-layers reps", "--layers", ""),
        ("init init-image image input-image source-image img2img", "--from", ""),
        ("denoise denoising-strength", "--strength", ""),
        ("mask mask-image inpaint inpaint-mask", "--keep", ""),
        ("interpolate", "--between", ""),
        ("num-frames n-frames", "--frames", ""),
        ("cuda gpu gpus cpu", "--device", "the device is set by --set device=cuda"),
        ("strength prompt negative-prompt fp16 fp32 bf16 half amp mixed-precision precision "
            + "workers num-workers width height model model-name model-path checkpoint ckpt ckpt-path weights optimizer optim wandb "
            + "logger gradient-accumulation-steps "
            + "lora vae unet ema dropout dtype backend diff-method interface steps-per-epoch save-every eval", "", ""),
    ];

    /// <summary>The end of a message about an unknown option: "; did you mean '--out'?", what is done instead, or nothing.</summary>
    /// <param name="given">As typed.</param>
    /// <param name="command">The command it was given to.</param>
    public static string Hint(string given, Command command)
    {
        var options = command.Options.Where(option => !option.Hidden).Select(option => option.Name).ToArray();
        var name = given.Split('=')[0].TrimStart('-').Replace('_', '-').ToLowerInvariant();
        var entry = Table.FirstOrDefault(entry => entry.Names.Split(' ').Contains(name));
        if (entry.Names is null) return NearestName.Hint(given.Split('=')[0], options);
        if (options.Contains(entry.Option)) return $"; did you mean '{entry.Option}'?";
        return entry.Setting.Length > 0 && options.Contains("--set") ? $"; {entry.Setting}" : "";
    }
}

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
