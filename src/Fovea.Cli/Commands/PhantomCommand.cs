using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Imaging.Phantom;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea phantom --count N --size S --seed K --out DATASET</c></summary>
internal static class PhantomCommand
{
    private static readonly Dictionary<string, PhantomLabel> Labels = new() { ["dr-grade"] = PhantomLabel.DrGrade, ["quality"] = PhantomLabel.Quality };

    internal static Command Create()
    {
        var output = CommonOptions.Out("The dataset's folder.");
        var count = new Option<int>("--count") { Description = "Number of images.", DefaultValueFactory = _ => 1000 };
        var size = new Option<int>("--size") { Description = "Side of the images, 32 to 512.", DefaultValueFactory = _ => 64 };
        var seed = CommonOptions.Seed();
        var label = CommonOptions.Choice("--label", "What the class label is; default: dr-grade", Labels);
        var force = CommonOptions.Force();
        var command = new Command("phantom", "Draw a dataset of procedural fundus phantoms: no photographs needed.")
        {
            output, count, size, seed, label, force,
        };
        command.SetAction(parsed => CommandRun.Run(
            "no dataset was written",
            work =>
            {
                var options = new PhantomOptions
                {
                    Folder = parsed.GetValue(output)!,
                    Count = parsed.GetValue(count),
                    Size = parsed.GetValue(size),
                    Seed = (ulong)parsed.GetValue(seed),
                    Label = parsed.GetValue(label),
                    Force = parsed.GetValue(force),
                };
                PhantomDataset.Write(options, work.Progress, work.Cancellation);
                return options;
            },
            options => Console.WriteLine($"{options.Count} phantoms of {options.Size} px: {options.Folder}")));
        return command;
    }
}
