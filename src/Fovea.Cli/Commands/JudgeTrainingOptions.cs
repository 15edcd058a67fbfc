using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Judging.Training;

namespace Fovea.Cli.Commands;

/// <summary>What the trainings of judges have in common.</summary>
/// <param name="defaults">What holds where nothing is given.</param>
internal sealed class JudgeTrainingOptions(JudgeOptions defaults)
{
    private readonly Option<int> _steps = CommonOptions.Whole("--steps", "Optimizer steps.", defaults.Steps, 1, 1_000_000);
    private readonly Option<int> _batch = CommonOptions.Whole("--batch", "Images a step.", defaults.Batch, 1, 4096);
    private readonly Option<int> _seed = CommonOptions.Seed();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<bool> _resume = new("--resume") { Description = "Continue where the last checkpoint left it." };

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { _steps, _batch, _seed, _threads, _resume }) command.Options.Add(option);
    }

    internal JudgeOptions Options(ParseResult parsed) => defaults with
    {
        Steps = parsed.GetValue(_steps),
        Batch = parsed.GetValue(_batch),
        Seed = parsed.GetValue(_seed),
    };

    internal int Threads(ParseResult parsed) => parsed.GetValue(_threads);

    internal bool Resume(ParseResult parsed) => parsed.GetValue(_resume);
}
