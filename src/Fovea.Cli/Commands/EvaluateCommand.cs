using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Reports;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
using Fovea.Judges.Provenance;
using Fovea.Metrics.Distributions;
using Fovea.Torch.Runtime;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea evaluate --real DATASET --generated DIR|RUN --out DIR</c></summary>
internal static class EvaluateCommand
{
    private static readonly Dictionary<string, Split?> Splits = new() { ["val"] = Split.Val, ["test"] = Split.Test, ["train"] = Split.Train, ["all"] = null };

    internal static Command Create()
    {
        var defaults = new EvaluationRequest { Real = "", Generated = "", Output = "" };
        var real = Needed("--real", "The dataset of real images.", "DATASET");
        var generated = Needed(
            "--generated",
            "A folder of generated images (with folders in it: a class each), or a run or pretrained:NAME, which is sampled.",
            "DIR|RUN").Suggest(CommonOptions.PretrainedRuns);
        var output = CommonOptions.Out("Where report.html and report.json go, and the images sampled of a run.");
        var split = CommonOptions.Choice("--split", "The real images to compare with", Splits.Keys.ToDictionary(name => name));
        split.DefaultValueFactory = _ => Split.Val.ToName();
        var training = CommonOptions.NotEmpty(
            new Option<string?>("--train") { Description = "The dataset that the generator was trained on; default: that of --real.", HelpName = "DATASET" });
        var reconstruct = CommonOptions.NotEmpty(
            new Option<string?>("--reconstruct")
            {
                Description = "The run whose autoencoder reconstructs the real images; default: the generated run.",
                HelpName = "RUN",
            });
        var features = CommonOptions.NotEmpty(new Option<string[]>("--features")
        {
            Description = $"Feature network: {FeatureNetworks.Shipped}, FILE.safetensors or FILE.onnx; "
                + "default: the shipped one for images of that kind. May be given again.",
            HelpName = "NAME|FILE",
            DefaultValueFactory = _ => [],
        }).Suggest(() => [FeatureNetworks.Shipped]);
        var grader = CommonOptions.NotEmpty(new Option<string?>("--grader")
        {
            Description = "grader-64, grader-128, FILE.safetensors or FILE.onnx; default: the shipped one of the images' size.",
            HelpName = "NAME|FILE",
        }).Suggest(() => ShippedJudges.Graders);
        var count = CommonOptions.WholeNumber("--count", "Images to sample of a run; 0 for as many as there are real ones.", defaults.Count, 0, 1_000_000);
        var guidance = new Option<double?>("--guidance") { Description = "Classifier-free guidance scale of images sampled of a run; default: the run's." };
        var maskGuidance = new Option<double?>("--mask-guidance")
        {
            Description = "How strongly images sampled of a run follow the real images' masks, 0 to 100; default: 1.",
        };
        var (interval, attention, attentionInterval) = (
            CommonOptions.GuidanceInterval(), CommonOptions.AttentionGuidance(), CommonOptions.AttentionInterval());
        var most = CommonOptions.WholeNumber("--most", "Images of a set to take at most.", defaults.Most, SetSize.Least, 1_000_000);
        var replicates = CommonOptions.WholeNumber("--half-samples", "Half-samples for intervals.", defaults.Replicates, 10, 10_000);
        var steps = CommonOptions.WholeNumber(
            "--downstream-steps", "Steps of each classifier and segmenter of the downstream test; 0 for none.", defaults.DownstreamSteps, 0, 1_000_000);
        var twoSample = CommonOptions.WholeNumber(
            "--two-sample-steps",
            "Steps of each network that is taught to tell generated from real images; 0 for none.",
            defaults.TwoSampleSteps, 0, 1_000_000);
        var crop = new Option<bool>("--crop") { Description = "Find the square in generated pictures as in real ones: the retina of fundus photographs." };
        var hidden = new Option<bool>("--no-photographs") { Description = "Leave photographs out of the report: a photograph may identify a person." };
        var cache = CommonOptions.NotEmpty(
            new Option<string>("--cache")
            {
                Description = "Folder of measured features.",
                HelpName = "DIR",
                DefaultValueFactory = _ => FeatureCache.DefaultFolder,
            });
        var (seed, threads, device, force, json) = (
            CommonOptions.Seed(), CommonOptions.Threads(), CommonOptions.Device(), CommonOptions.Force(), CommonOptions.Json());
        var command = new Command("evaluate", "Judge generated images beside real ones: fidelity, diversity, gradability, memorisation.")
        {
            real, generated, output, split, training, reconstruct, features, grader, count, guidance, maskGuidance, interval, attention,
            attentionInterval, most, replicates, steps, twoSample, crop, hidden, cache, seed, threads, device, force, json,
        };
        command.SetAction(parsed => CommandRun.Run(
            "measured features are kept, no report was written",
            work => Evaluate(
                new EvaluationRequest
                {
                    Real = parsed.GetValue(real)!,
                    Generated = parsed.GetValue(generated)!,
                    Output = parsed.GetValue(output)!,
                    RealSplit = Splits[parsed.GetValue(split)!],
                    Training = parsed.GetValue(training),
                    Reconstructions = parsed.GetValue(reconstruct),
                    Features = parsed.GetValue(features)!,
                    Grader = parsed.GetValue(grader),
                    Count = parsed.GetValue(count),
                    Guidance = parsed.GetValue(guidance),
                    MaskGuidance = parsed.GetValue(maskGuidance),
                    AttentionGuidance = parsed.GetValue(attention),
                    AttentionInterval = parsed.GetValue(attentionInterval) is [var from, var to] ? new(from, to) : null,
                    GuidanceInterval = parsed.GetValue(interval) is [var low, var high] ? new(low, high) : null,
                    Most = parsed.GetValue(most),
                    Replicates = parsed.GetValue(replicates),
                    DownstreamSteps = parsed.GetValue(steps),
                    TwoSampleSteps = parsed.GetValue(twoSample),
                    Crop = parsed.GetValue(crop),
                    Photographs = !parsed.GetValue(hidden),
                    Cache = parsed.GetValue(cache),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(threads),
                    Compute = ComputeContext.Start(parsed.GetValue(threads), parsed.GetValue(device) ?? ComputeDevices.Automatic),
                    Progress = work.Progress,
                },
                parsed.GetValue(force), work.Cancellation),
            result => Print(result, parsed.GetValue(output)!, parsed.GetValue(json))));
        return command;
    }

    private static EvaluationResult Evaluate(EvaluationRequest request, bool force, CancellationToken cancellation)
    {
        OutputFolder.RequireOther(
            request.Output, ("the dataset", request.Real), ("what is judged", request.Generated), ("the training set", request.Training),
            ("the run", request.Reconstructions));
        var isNew = !Directory.Exists(request.Output);
        OutputFolder.Prepare(request.Output, force);
        try
        {
            var result = Evaluator.Run(request, cancellation);
            EvaluationReport.Write(result, request.Output);
            return result;
        }
        catch (InputException) when (isNew && !Directory.EnumerateFileSystemEntries(request.Output).Any())
        {
            // What is refused leaves nothing.
            Directory.Delete(request.Output);
            throw;
        }
    }

    private static void Print(EvaluationResult result, string folder, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(EvaluationReport.Json(result));
        }
        else
        {
            foreach (var line in EvaluationText.Lines(result)) Console.WriteLine(line);
        }

        (asJson ? Console.Error : Console.Out).WriteLine($"report: {Path.Combine(folder, EvaluationReport.PageName)}");
    }

    private static Option<string> Needed(string name, string description, string help) =>
        CommonOptions.NotEmpty(new Option<string>(name) { Description = description, Required = true, HelpName = help });
}
