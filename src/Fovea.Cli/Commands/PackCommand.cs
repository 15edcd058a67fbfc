using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Evaluation.Packing;
using Fovea.Evaluation.Results;
using Fovea.Judges.Features;
using Fovea.Metrics.Distributions;
using Fovea.Torch.Runtime;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea pack RUN --data DATASET --out DIR</c></summary>
internal static class PackCommand
{
    internal static Command Create()
    {
        var run = CommonOptions.NotEmpty(new Argument<string>("run") { Description = "A trained run's folder.", HelpName = "RUN" });
        var data = CommonOptions.NotEmpty(
            new Option<string>("--data") { Description = "The dataset that it was trained on.", Required = true, HelpName = "DATASET" });
        var output = CommonOptions.Out("Where settings, float16 weights and the card go.");
        var count = CommonOptions.WholeNumber("--count", "Images drawn to look for copies of training images.", 1000, SetSize.Least, 10_000);
        var features = CommonOptions.NotEmpty(new Option<string[]>("--features")
        {
            Description = $"Feature network: {FeatureNetworks.Shipped}, FILE.safetensors or FILE.onnx. May be given again.",
            HelpName = "NAME|FILE",
            DefaultValueFactory = _ => [FeatureNetworks.Shipped],
        });
        var cache = CommonOptions.NotEmpty(
            new Option<string>("--cache")
            {
                Description = "Folder of measured features.",
                HelpName = "DIR",
                DefaultValueFactory = _ => FeatureCache.DefaultFolder,
            });
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var command = new Command("pack", "Package a run for sharing; refused if its images may be copies of training images.")
        {
            run, data, output, count, features, cache, seed, threads,
        };
        command.SetAction(parsed => CommandRun.Run(
            "nothing is left of it",
            work => ModelPacker.Execute(
                new PackRequest
                {
                    Run = parsed.GetValue(run)!,
                    Data = parsed.GetValue(data)!,
                    Output = parsed.GetValue(output)!,
                    Count = parsed.GetValue(count),
                    Features = parsed.GetValue(features)!,
                    Cache = parsed.GetValue(cache),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(threads),
                    Compute = ComputeContext.Start(parsed.GetValue(threads)),
                    Progress = work.Progress,
                },
                work.Cancellation),
            judgement => Print(judgement, parsed.GetValue(output)!)));
        return command;
    }

    private static void Print(SetJudgement judgement, string folder)
    {
        foreach (var (space, report) in judgement.Memorisation)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"by {space}, {100 * report.BelowFifth.Share:F1} % of the images are as near to a training image as "
                    + $"{100 * report.BelowFifth.Expected:F1} % of held-out ones"));
        }

        Console.WriteLine($"packed: {folder}; the card: {Path.Combine(folder, ModelPacker.CardName)}");
    }
}
