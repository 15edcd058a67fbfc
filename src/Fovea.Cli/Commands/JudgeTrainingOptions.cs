using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Judging.Training;

namespace Fovea.Cli.Commands;

/// <summary>What the trainings of judges have in common.</summary>
/// <param name="defaults">What holds where nothing is given.</param>
internal sealed class JudgeTrainingOptions(JudgeOptions defaults)
{
    private readonly Option<int> _steps = new("--steps") { Description = "Optimizer steps.", DefaultValueFactory = _ => defaults.Steps };
    private readonly Option<int> _batch = new("--batch") { Description = "Images a step.", DefaultValueFactory = _ => defaults.Batch };
    private readonly Option<int> _seed = CommonOptions.Seed();
    private readonly Option<int> _threads = new("--threads") { Description = "Threads; 0 for all cores.", DefaultValueFactory = _ => 0 };
    private readonly Option<bool> _resume = new("--resume") { Description = "Continue where the last checkpoint left it." };

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { _steps, _batch, _seed, _threads, _resume }) command.Options.Add(option);
    }

    internal JudgeOptions Options(ParseResult parsed) => defaults with
    {
        Steps = Between(parsed, _steps, 1_000_000),
        Batch = Between(parsed, _batch, 4096),
        Seed = parsed.GetValue(_seed),
    };

    internal int Threads(ParseResult parsed) => parsed.GetValue(_threads);

    internal bool Resume(ParseResult parsed) => parsed.GetValue(_resume);

    private static int Between(ParseResult parsed, Option<int> option, int most) => parsed.GetValue(option) is var value && value >= 1 && value <= most
        ? value
        : throw new InputException($"{option.Name} {value} is not allowed; allowed: 1 to {most}");
}
