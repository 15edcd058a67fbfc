using System.CommandLine;
using Fovea.Cli.Commands;
using Fovea.Cli.Terminal;

namespace Fovea.Cli;

/// <summary>The command <c>fovea</c>.</summary>
internal static class Program
{
    /// <summary>Runs one command line; returns the process's exit code.</summary>
    internal static int Main(string[] args)
    {
        var libtorch = OtherLibtorch.Option();
        var root = new RootCommand("Learns to generate medical images with hybrid quantum-classical latent diffusion.")
        {
            With(libtorch, DemoCommand.Create()),
            PrepareCommand.Create(),
            PhantomCommand.Create(),
            With(libtorch, TrainCommand.Create()),
            With(libtorch, SampleCommand.Create()),
            With(libtorch, NoiseCommand.Create()),
            With(libtorch, PackCommand.Create()),
            With(libtorch, ExportCommand.Create()),
            CircuitCommand.Create(),
            AnsatzCommand.Create(),
            With(libtorch, GradeCommand.Create()),
            With(libtorch, EvaluateCommand.Create()),
            With(libtorch, StudyCommand.Create()),
            With(libtorch, StudioCommand.Create()),
            With(libtorch, FeaturesCommand.Create()),
            With(libtorch, BenchCommand.Create()),
            With(libtorch, DoctorCommand.Create(libtorch)),
            CompletionCommand.Create(),
        };

        // A path may begin with @: it is a path, not a file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Errors.Count > 0 || ParseFailure.HasStrayOption(parsed))
        {
            Console.Error.WriteLine($"fovea: {ParseFailure.Describe(parsed)}");
            return ExitCodes.BadInput;
        }

        if (OtherLibtorch.Of(parsed, libtorch) is { } other)
        {
            if (other.Refusal() is not { } refusal) return other.Run(args);
            // The doctor tells it among the other things.
            if (!DoctorCommand.Is(parsed))
            {
                Console.Error.WriteLine($"fovea: {refusal}");
                return ExitCodes.BadInput;
            }
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Command With(Option option, Command command)
    {
        command.Options.Add(option);
        return command;
    }
}
