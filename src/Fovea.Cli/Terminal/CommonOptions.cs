using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Cli.Terminal;

/// <summary>Options that several commands share, and the rules that the parser itself does not know.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 1024; // what the tensor library's layer takes

    internal static Option<string> Out(string description) =>
        NotEmpty(new Option<string>("--out") { Description = description, Required = true, HelpName = "DIR" });

    internal static Option<string> Out(string description, string fallback) =>
        NotEmpty(new Option<string>("--out") { Description = description, HelpName = "DIR", DefaultValueFactory = _ => fallback });

    /// <summary>A trained run that is there already.</summary>
    internal static Argument<string> Run() =>
        NotEmpty(new Argument<string>("run") { Description = "A trained run's folder, or pretrained:NAME.", HelpName = "RUN" }).Suggest(PretrainedRuns);

    /// <summary>The runs that come with the program, as they are written in a run's place.</summary>
    internal static IEnumerable<string> PretrainedRuns() => PretrainedModels.Names.Select(name => PretrainedModels.Prefix + name);

    internal static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON document, and nothing else on standard output." };

    internal static Option<bool> Force() => new("--force") { Description = "Replace what is in the output folder." };

    internal static Option<int> Seed()
    {
        var seed = new Option<int>("--seed") { Description = "Seed of all randomness, 0 and above.", DefaultValueFactory = _ => 0 };
        seed.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] } token]) result.AddError($"--seed {token.Value} is not allowed; allowed: 0 to {int.MaxValue}");
        });
        return seed;
    }

    internal static Option<int> Threads(string what = "Threads") => WholeNumber("--threads", $"{what}; 0 for all cores.", 0, 0, MostThreads);

    /// <summary>The same for what has a number of its own; null where it was not given.</summary>
    internal static Option<int?> ThreadsOr(string fallback) =>
        Within(new Option<int?>("--threads") { Description = $"Threads; 0 for all cores; default: {fallback}." }, 0, MostThreads);

    /// <summary>Where networks compute; null where it was not given.</summary>
    internal static Option<string?> Device(string fallback = ComputeDevices.Automatic)
    {
        var option = new Option<string?>("--device")
        {
            Description = $"Where networks compute: {ComputeDevices.Allowed}; default: {fallback}.",
            HelpName = "DEVICE",
        };
        option.Validators.Add(result =>
        {
            // What is empty, or was given twice, is refused elsewhere.
            if (result.Tokens is [var token] && !ComputeDevices.IsName(token.Value))
            {
                result.AddError(
                    $"--device {token.Value} is not allowed; allowed: {ComputeDevices.Allowed}{NearestName.Hint(token.Value, ["auto", "cpu", "cuda"])}");
            }
        });
        return option.Suggest(() => ["auto", "cpu", "cuda"]);
    }

    /// <summary>How strongly images are guided away from the network without its attention; null where it was not given.</summary>
    internal static Option<double?> AttentionGuidance() => new("--attention-guidance")
    {
        Description = "Guidance away from the network without its attention, 0 to 100; 0 is none; default: the run's.",
    };

    /// <summary>The times at which images are guided by class and by mask; null where they were not given.</summary>
    internal static Option<double[]?> GuidanceInterval() => Interval(
        "--guidance-interval", "Times between which images are guided by class and mask, 0 without noise and 1 noise alone; default: the run's.");

    /// <summary>The times at which they are guided by attention.</summary>
    internal static Option<double[]?> AttentionInterval() => Interval(
        "--attention-interval", "Times between which images are guided by attention, 0 without noise and 1 noise alone; default: the run's.");

    // Two numbers.
    private static Option<double[]?> Interval(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FROM> <TO",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>A whole number in a range.</summary>
    internal static Option<int> WholeNumber(string name, string description, int fallback, int least, int most) =>
        Within(new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback }, least, most);

    private static TOption Within<TOption>(TOption option, int least, int most) where TOption : Option
    {
        option.Validators.Add(result =>
        {
            // What is no number is refused by the parser itself.
            if (result.Tokens is [var token]
                && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                && (value < least || value > most))
            {
                result.AddError($"{option.Name} {value} is not allowed; allowed: {least} to {most}");
            }

        });
        return option;
    }

    internal static Option<string[]> Set() =>
        new Option<string[]>("--set")
        {
            Description = "Override a setting: section.key=value. May be given again.",
            HelpName = "KEY=VALUE",
            DefaultValueFactory = _ => [],
        }
            .Suggest(() => SettingKeys.All.Select(key => key + "="));

    /// <summary>An option with a few named values; case does not matter.</summary>
    internal static Option<T> Choice<T>(string name, string description, IReadOnlyDictionary<string, T> choices)
    {
        var allowed = string.Join(", ", choices.Keys);
        var option = new Option<T>(name)
        {
            Description = $"{description}: {allowed}.",
            HelpName = string.Join('|', choices.Keys),
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value;
                foreach (var (choice, value) in choices)
                {
                    if (string.Equals(choice, given, StringComparison.OrdinalIgnoreCase))
                        return value;
                }

                result.AddError($"{name} {given} is not allowed; allowed: {allowed}{NearestName.Hint(given, choices.Keys)}");
                return default;
            },
        };
        return option.Suggest(() => choices.Keys);
    }

    /// <summary>Refuses the empty text, which no path or name is.</summary>
    internal static Option<T> NotEmpty<T>(Option<T> option)
    {
        option.Validators.Add(result => RefuseEmpty(result, result.Tokens, option.Name));
        return option;
    }

    /// <inheritdoc cref="NotEmpty{T}(Option{T})"/>
    internal static Argument<T> NotEmpty<T>(Argument<T> argument)
    {
        argument.Validators.Add(result => RefuseEmpty(result, result.Tokens, argument.HelpName ?? argument.Name));
        return argument;
    }

    private static void RefuseEmpty(SymbolResult result, IReadOnlyList<Token> tokens, string name)
    {
        if (tokens.Any(token => token.Value.Length == 0)) result.AddError($"{name} is empty; a path or a name is needed");
    }
}

/// <summary>Whole numbers as users write several: 8, 2..12, or 4,8,12, also mixed.</summary>
internal static class SizeRange
{
    /// <summary>The numbers in order, each once.</summary>
    /// <param name="option">Name of the option, for messages.</param>
    /// <param name="text">What was given.</param>
    /// <param name="least">The smallest allowed.</param>
    /// <param name="most">The largest allowed.</param>
    /// <exception cref="InputException">Not such a list, reversed, or outside what is allowed; one line.</exception>
    internal static IReadOnlyList<int> Parse(string option, string text, int least, int most)
    {
        var numbers = new SortedSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split("..");
            if (ends.Length > 2 || !ends.All(end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                throw new InputException($"{option} {text} is not allowed; allowed: a number, a range like {least}..{most}, or several with commas");
            var (first, last) = (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
            if (first > last)
                throw new InputException($"{option} {part} runs backwards; write {last}..{first}");
            if (first < least || last > most)
                throw new InputException($"{option} {(first < least ? first : last)} is not allowed; allowed: {least} to {most}");
            numbers.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. numbers];
    }
}
