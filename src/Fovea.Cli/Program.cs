using System.CommandLine;
using Fovea.Cli.Commands;
using Fovea.Cli.Terminal;

var root = new RootCommand("Learns to generate medical images with hybrid quantum-classical latent diffusion.")
{
    DemoCommand.Create(),
    PrepareCommand.Create(),
    PhantomCommand.Create(),
    TrainCommand.Create(),
    SampleCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"fovea: {parsed.Errors[0].Message.ReplaceLineEndings(" ")} (see --help)");
    return ExitCodes.BadInput;
}

return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
