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
        var root = new RootCommand("Learns to generate medical images with hybrid quantum-classical latent diffusion.")
        {
            DemoCommand.Create(),
            PrepareCommand.Create(),
            PhantomCommand.Create(),
            TrainCommand.Create(),
            SampleCommand.Create(),
            NoiseCommand.Create(),
            PackCommand.Create(),
            ExportCommand.Create(),
            CircuitCommand.Create(),
            AnsatzCommand.Create(),
            GradeCommand.Create(),
            EvaluateCommand.Create(),
            StudyCommand.Create(),
            StudioCommand.Create(),
            FeaturesCommand.Create(),
            BenchCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        root.Options.Add(OtherLibtorch.Option);

        // A path may begin with @: it is a path, not a file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Errors.Count > 0 || ParseFailure.HasStrayOption(parsed))
        {
            Console.Error.WriteLine($"fovea: {ParseFailure.Describe(parsed)}");
            return ExitCodes.BadInput;
        }

        if (OtherLibtorch.Asked(parsed) is { } libtorch) return OtherLibtorch.Run(libtorch, args);
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
