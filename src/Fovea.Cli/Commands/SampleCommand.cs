using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Training.Layers;
using Fovea.Training.Sampling;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea sample RUN --count N --out DIR</c></summary>
internal static class SampleCommand
{
    internal static Command Create()
    {
        var run = CommonOptions.NotEmpty(new Argument<string>("run") { Description = "A trained run's folder, or pretrained:NAME.", HelpName = "RUN" });
        var count = new Option<int>("--count") { Description = "Number of images.", DefaultValueFactory = _ => 16 };
        var output = CommonOptions.Out("Where the PNG files and the grid go.", "samples");
        var force = CommonOptions.Force();
        var seed = CommonOptions.Seed();
        var batch = new Option<int>("--batch") { Description = "Images sampled together.", DefaultValueFactory = _ => 16 };
        var sampler = new Option<string?>("--sampler") { Description = "ddpm, ddim or dpm-solver++; default: the run's." };
        var steps = new Option<int?>("--steps") { Description = "Sampling steps; default: the run's." };
        var eta = new Option<double>("--eta") { Description = "Noise of DDIM: 0 deterministic, 1 ancestral.", DefaultValueFactory = _ => 0 };
        var label = new Option<string?>("--class") { Description = "Class by its name, or by its place as #0; none for images of no class; default: all classes by their training images." };
        var guidance = new Option<double?>("--guidance") { Description = "Classifier-free guidance scale; default: the run's." };
        var (device, execution) = (CommonOptions.Device(), new ExecutionSettings());
        var command = new Command("sample", "Draw images from a trained run.") { run, count, output, force, seed, batch, sampler, steps, eta, label, guidance, device };
        execution.AddTo(command);
        command.SetAction(parsed => CommandRun.Run(
            "the images drawn so far are kept",
            work =>
            {
                var request = new SampleRequest
                {
                    Count = parsed.GetValue(count),
                    Seed = parsed.GetValue(seed),
                    Batch = parsed.GetValue(batch),
                    Sampler = parsed.GetValue(sampler),
                    Steps = parsed.GetValue(steps),
                    Eta = parsed.GetValue(eta),
                    Guidance = parsed.GetValue(guidance),
                    Device = parsed.GetValue(device),
                    Progress = work.Progress,
                };
                if (request.Seed < 0) throw new InputException($"--seed {request.Seed} is not allowed; allowed: 0 and above");
                var noisy = execution.Backend(parsed, request.Seed, work.Announce);
                var circuits = noisy is null ? null : new LayerNoise(noisy);
                SamplingRun.Execute(
                    parsed.GetValue(run)!, parsed.GetValue(output)!, parsed.GetValue(force), parsed.GetValue(label), request, circuits, work.Announce, work.Cancellation);
                return request.Count;
            },
            drawn => Console.WriteLine($"{drawn} images: {parsed.GetValue(output)}")));
        return command;
    }
}
