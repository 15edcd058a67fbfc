using System.CommandLine;
using Fovea.Cli.Benchmarks;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Reporting;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea bench engine</c>, <c>fovea bench noise</c> and <c>fovea bench training</c></summary>
internal static class BenchCommand
{
    internal static Command Create() => new("bench", "Measure speed on this machine.") { Engine(), Noise(), Training() };

    private static Command Engine()
    {
        var ansatz = Several("--ansatz", "Ansätze, names or .ansatz files", "strongly-entangling", "ese2-recon");
        var qubits = Several("--qubits", $"Numbers of qubits, 1 to {Circuit.MaxWires}", 4, 6, 8, 10);
        var layers = new Option<int>("--layers") { Description = "Layers of the ansatz.", DefaultValueFactory = _ => 3 };
        var batch = new Option<int>("--batch") { Description = "Circuits in a call.", DefaultValueFactory = _ => 4096 };
        var threads = Several("--threads", "Numbers of threads", 1);
        var precision = Several("--precision", "single, double", "single");
        var seconds = new Option<int>("--seconds") { Description = "Time for everything, about.", DefaultValueFactory = _ => 60 };
        var command = new Command("engine", "Circuits a second of every engine, as comma-separated values.")
        {
            ansatz, qubits, layers, batch, threads, precision, seconds,
        };
        command.SetAction(parsed => CommandRun.Run(
            "nothing was written",
            work =>
            {
                var benchmark = new EngineBenchmark
                {
                    Ansaetze = parsed.GetValue(ansatz)!,
                    Qubits = parsed.GetValue(qubits)!,
                    Layers = parsed.GetValue(layers),
                    Batch = AtLeastOne("--batch", parsed.GetValue(batch)),
                    Threads = [.. parsed.GetValue(threads)!.Select(count => AtLeastOne("--threads", count))],
                    Precisions = [.. parsed.GetValue(precision)!.Select(RequirePrecision)],
                };
                return benchmark.Run(TimeSpan.FromSeconds(AtLeastOne("--seconds", parsed.GetValue(seconds))), work.Progress, work.Cancellation);
            },
            lines =>
            {
                foreach (var line in lines) Console.WriteLine(line);
            }));
        return command;
    }

    private static Command Noise()
    {
        var ansatz = Several("--ansatz", "Ansätze, names or .ansatz files", "strongly-entangling", "ese2-recon");
        var qubits = Several("--qubits", $"Numbers of qubits, 1 to {Circuit.MaxWires}", 4, 6, 8);
        var profiles = Several("--profiles", "Devices", [.. ShippedProfiles.Names]);
        var layers = new Option<int>("--layers") { Description = "Layers of the ansatz.", DefaultValueFactory = _ => 3 };
        var batch = new Option<int>("--batch") { Description = "Circuits in a call.", DefaultValueFactory = _ => 4096 };
        var seconds = new Option<int>("--seconds") { Description = "Time for everything, about.", DefaultValueFactory = _ => 60 };
        var command = new Command("noise", "What a device's noise costs the exact engine, as comma-separated values.")
        {
            ansatz, qubits, profiles, layers, batch, seconds,
        };
        command.SetAction(parsed => CommandRun.Run(
            "nothing was written",
            work =>
            {
                var benchmark = new NoiseBenchmark
                {
                    Ansaetze = parsed.GetValue(ansatz)!,
                    Qubits = parsed.GetValue(qubits)!,
                    Profiles = parsed.GetValue(profiles)!,
                    Layers = parsed.GetValue(layers),
                    Batch = AtLeastOne("--batch", parsed.GetValue(batch)),
                };
                return benchmark.Run(TimeSpan.FromSeconds(AtLeastOne("--seconds", parsed.GetValue(seconds))), work.Progress, work.Cancellation);
            },
            lines =>
            {
                foreach (var line in lines) Console.WriteLine(line);
            }));
        return command;
    }

    private static Command Training()
    {
        var config = new Option<string>("--config")
        {
            Description = "Shipped configuration or TOML file.",
            DefaultValueFactory = _ => "fundus-64",
            HelpName = "CONFIG",
        }.Suggest(() => ShippedConfigs.Names);
        var set = CommonOptions.Set();
        var threads = Several("--threads", "Numbers of threads", Environment.ProcessorCount);
        var precision = Several("--precision", string.Join(", ", Precisions.Names), Precisions.Automatic);
        var seconds = new Option<int>("--seconds") { Description = "Time for everything, about.", DefaultValueFactory = _ => 60 };
        var csv = new Option<string>("--csv") { Description = "Also write the table as comma-separated values.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace that file." };
        var command = new Command("training", "Training steps a second of a configuration's networks, and where their time goes.")
        {
            config, set, threads, precision, seconds, csv, force,
        };
        command.SetAction(parsed => CommandRun.Run(
            "nothing was written",
            work =>
            {
                OutputFile.Require(parsed.GetValue(csv), parsed.GetValue(force));
                var benchmark = new TrainingBenchmark
                {
                    Config = ShippedConfigs.Read(parsed.GetValue(config)!, parsed.GetValue(set)!),
                    Threads = [.. parsed.GetValue(threads)!.Select(count => AtLeastOne("--threads", count))],
                    Precisions = [.. parsed.GetValue(precision)!.Select(RequireTrainingPrecision).Distinct()],
                };
                return benchmark.Run(TimeSpan.FromSeconds(AtLeastOne("--seconds", parsed.GetValue(seconds))), work.Progress, work.Cancellation);
            },
            speeds => Write(speeds, parsed.GetValue(csv))));
        return command;
    }

    private static void Write(IReadOnlyList<TrainingSpeed> speeds, string? csv)
    {
        var rows = speeds.Select(speed => speed.Row()).ToList();
        // A column for each measurement: more rows than a terminal is wide.
        foreach (var line in AlignedRows.Lines([.. TrainingSpeed.Columns.Select((name, i) => (string[])[name, .. rows.Select(row => row[i])])]))
            Console.WriteLine(line);
        if (csv is null) return;
        AtomicFile.WriteText(csv, string.Concat(rows.Prepend(TrainingSpeed.Columns).Select(row => string.Join(',', row) + "\n")));
        Console.WriteLine($"written: {csv}");
    }

    private static Precision RequireTrainingPrecision(string value) => Precisions.Names.Contains(value)
        ? Precisions.Parse(value)
        : throw new InputException(
            $"--precision {value} is not allowed; allowed: {string.Join(", ", Precisions.Names)}{NearestName.Hint(value, Precisions.Names)}");

    private static Option<T[]> Several<T>(string name, string description, params T[] values) => new(name)
    {
        Description = $"{description}; several may be given.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => values,
    };

    private static int AtLeastOne(string name, int value) =>
        value >= 1 ? value : throw new InputException($"{name} {value} is not allowed; allowed: 1 and above");

    private static string RequirePrecision(string value) => value is "single" or "double"
        ? value
        : throw new InputException($"--precision {value} is not allowed; allowed: single, double{NearestName.Hint(value, ["single", "double"])}");
}
