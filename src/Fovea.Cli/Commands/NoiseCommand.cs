using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Training.DeviceNoise;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea noise RUN --profiles A,B --scales 0,0.5,1 --count N --out DIR</c></summary>
internal static class NoiseCommand
{
    internal static Command Create()
    {
        var run = CommonOptions.Run();
        var profiles = new Option<string>("--profiles")
        {
            Description = "Devices, with commas between them: shipped names, profiles' files, backends' JSON.",
            DefaultValueFactory = _ => string.Join(',', ShippedProfiles.Names),
            HelpName = "A,B",
        };
        var scales = new Option<string>("--scales")
        {
            Description = "Factors on the devices' noise; 0 with --shots is finite shots alone.",
            DefaultValueFactory = _ => "0,0.25,0.5,1,2,4",
            HelpName = "X,Y",
        };
        var count = new Option<int>("--count") { Description = "Images a level.", DefaultValueFactory = _ => 64 };
        var output = CommonOptions.Out("Images, tables and the chart; the same command continues what is there.");
        var seed = CommonOptions.Seed();
        var batch = new Option<int>("--batch") { Description = "Images sampled together.", DefaultValueFactory = _ => 32 };
        var steps = new Option<int?>("--steps") { Description = "Sampling steps; default: the run's." };
        var (threads, device) = (CommonOptions.ThreadsOr("the run's"), CommonOptions.Device());
        var (shots, mitigate) = (ExecutionSettings.Shots(), ExecutionSettings.Mitigate());
        var command = new Command("noise", "Sample a trained run under devices at rising noise, from equal seeds, and measure what changes.")
        {
            run, profiles, scales, count, output, seed, batch, steps, shots, mitigate, threads, device,
        };
        command.SetAction(parsed => CommandRun.Run(
            "the images drawn so far are kept, the same command continues",
            work => NoiseSweep.Execute(
                new NoiseSweepRequest
                {
                    Run = parsed.GetValue(run)!,
                    Threads = parsed.GetValue(threads),
                    Device = parsed.GetValue(device),
                    Output = parsed.GetValue(output)!,
                    Profiles = Parts(parsed.GetValue(profiles)!),
                    Scales = [.. Parts(parsed.GetValue(scales)!).Select(Scale)],
                    Count = parsed.GetValue(count),
                    Seed = parsed.GetValue(seed),
                    Batch = parsed.GetValue(batch),
                    Steps = parsed.GetValue(steps),
                    Shots = parsed.GetValue(shots),
                    Mitigation = parsed.GetValue(mitigate),
                    Progress = work.Progress,
                    Announce = work.Announce,
                },
                work.Cancellation),
            results =>
            {
                AnsiConsole.Write(Table(results));
                Console.WriteLine($"{results.Count} levels: {parsed.GetValue(output)}");
            }));
        return command;
    }

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Scale(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale)
        ? scale
        : throw new InputException($"--scales: '{text}' is not a number");

    private static Table Table(IReadOnlyList<LevelResult> results)
    {
        var table = new Table().AddColumns("level", "PSNR dB", "|difference|", "SSIM", "latents", "diversity");
        // In narrow terminals numbers may break, names must not.
        table.Columns[0].NoWrap = true;
        foreach (var result in results)
        {
            table.AddRow(
                result.Name,
                result.Psnr?.ToString("F1", CultureInfo.InvariantCulture) ?? "equal",
                Text(result.Difference, "F2"),
                Text(result.Ssim, "F4"),
                Text(result.FeatureDistance, "F3"),
                Text(result.Diversity, "F3"));
        }

        return table;
    }

    private static string Text(MeanInterval figure, string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figure.Mean.ToString(format, CultureInfo.InvariantCulture)} ± {figure.HalfWidth.ToString(format, CultureInfo.InvariantCulture)}");
}
