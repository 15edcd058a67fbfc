using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Evaluation.Metrics;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Features;
using Fovea.Judging.Packing;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea pack RUN --data DATASET --out DIR</c></summary>
internal static class PackCommand
{
    internal static Command Create()
    {
        var run = CommonOptions.NotEmpty(new Argument<string>("run") { Description = "A trained run's folder.", HelpName = "RUN" });
        var data = CommonOptions.NotEmpty(new Option<string>("--data") { Description = "The dataset that it was trained on.", Required = true, HelpName = "DATASET" });
        var output = CommonOptions.Out("Where settings, float16 weights and the card go.");
        var count = new Option<int>("--count") { Description = "Images drawn to look for copies of training images.", DefaultValueFactory = _ => 1000 };
        var features = CommonOptions.NotEmpty(new Option<string[]>("--features")
        {
            Description = $"Feature network: {FeatureNetworks.Shipped}, FILE.safetensors or FILE.onnx. May be given again.",
            HelpName = "NAME|FILE",
            DefaultValueFactory = _ => [FeatureNetworks.Shipped],
        });
        var cache = CommonOptions.NotEmpty(new Option<string>("--cache") { Description = "Folder of measured features.", HelpName = "DIR", DefaultValueFactory = _ => FeatureCache.DefaultFolder });
        var seed = CommonOptions.Seed();
        var threads = new Option<int>("--threads") { Description = "Threads; 0 for all cores.", DefaultValueFactory = _ => 0 };
        var command = new Command("pack", "Make of a run what can be handed on, unless its images may be copies of training images.") { run, data, output, count, features, cache, seed, threads };
        command.SetAction(parsed => Guarded.Run(
            "nothing is left of it",
            work => ModelPacker.Execute(
                new PackRequest
                {
                    Run = parsed.GetValue(run)!,
                    Data = parsed.GetValue(data)!,
                    Output = parsed.GetValue(output)!,
                    Count = parsed.GetValue(count) is var images and >= SetSize.Least and <= 10_000 ? images : throw new InputException($"--count {parsed.GetValue(count)} is not allowed; allowed: {SetSize.Least} to 10000"),
                    Features = parsed.GetValue(features)!,
                    Cache = parsed.GetValue(cache),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(threads) is var number and >= 0 and <= 4096 ? number : throw new InputException($"--threads {parsed.GetValue(threads)} is not allowed; allowed: 0 to 4096"),
                    Progress = work.Progress,
                },
                work.Cancellation),
            judgement => Print(judgement, parsed.GetValue(output)!)));
        return command;
    }

    private static void Print(SetJudgement judgement, string folder)
    {
        foreach (var copies in judgement.Memorisation) Console.WriteLine($"by {copies.Space}, {copies.Report.BelowFifth.Share:P1} of the images are as near to a training image as 5 % of held-out ones");
        Console.WriteLine($"packed: {folder}; the card: {Path.Combine(folder, ModelPacker.CardName)}");
    }
}
