using System.CommandLine;
using Fovea.Cli.Terminal;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea demo</c></summary>
internal static class DemoCommand
{
    internal static Command Create()
    {
        var output = CommonOptions.Out("Where the demo's files go.", "fovea-demo");
        var set = CommonOptions.Set();
        var count = new Option<int>("--count") { Description = "Phantoms to train on.", DefaultValueFactory = _ => 2000 };
        var force = CommonOptions.Force();
        var resume = new Option<bool>("--resume") { Description = "Continue an interrupted demo." };
        var command = new Command(
            "demo", "Draw phantoms, train a quantum autoencoder and a quantum denoiser on them, and sample: some minutes, no data needed.")
        {
            output, count, set, force, resume,
        };
        command.SetAction(parsed => CommandRun.Run(
            "what was finished is kept, --resume continues",
            work =>
            {
                var demo = new DemoRun(parsed.GetValue(output)!, parsed.GetValue(count), parsed.GetValue(set)!);
                return demo.Execute(parsed.GetValue(force), parsed.GetValue(resume), work);
            },
            summary => summary.Print()));
        return command;
    }
}
