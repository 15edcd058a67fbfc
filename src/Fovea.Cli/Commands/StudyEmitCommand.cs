using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Study.Clusters;
using Fovea.Study.Definitions;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea study emit --engine slurm STUDY --data DATASET --out DIR</c></summary>
internal static class StudyEmitCommand
{
    private const string Slurm = "slurm";

    internal static Command Create()
    {
        var (study, data, output) = (StudyRunCommand.Study(), StudyRunCommand.Data(), CommonOptions.Out("The study's folder, where all nodes see it."));
        var engine = CommonOptions.Choice("--engine", "What runs the script", new Dictionary<string, string> { [Slurm] = Slurm });
        engine.DefaultValueFactory = _ => Slurm;
        var defaults = new SlurmScript { Name = "", Program = [], Study = "", Output = "", Shards = 8 };
        var shards = new Option<int>("--shards") { Description = "Tasks of the array.", DefaultValueFactory = _ => defaults.Shards };
        var cores = new Option<int>("--cores") { Description = "Cores a task.", DefaultValueFactory = _ => defaults.Cores };
        var hours = new Option<int>("--hours") { Description = "Hours that a task may run; submit again for more.", DefaultValueFactory = _ => defaults.Hours };
        var script = CommonOptions.NotEmpty(new Option<string?>("--script") { Description = "The script's file; default: STUDY.sbatch here.", HelpName = "FILE" });
        var force = new Option<bool>("--force") { Description = "Replace the script." };
        var command = new Command("emit", "Write a script that runs a study on a cluster, in parts.") { study, data, output, engine, shards, cores, hours, script, force };
        command.SetAction(parsed => Guarded.RunShort(
            _ =>
            {
                var named = parsed.GetValue(study)!;
                var definition = ShippedStudies.Read(named).Definition;
                if (parsed.GetValue(data) is null && definition.Phantoms is null) throw new InputException($"study {definition.Name}: --data is missing; a dataset is needed, made with 'fovea prepare'");
                var text = new SlurmScript
                {
                    Name = definition.Name,
                    Program = StudyChild.Program,
                    Study = File.Exists(named) ? Path.GetFullPath(named) : named,
                    Dataset = parsed.GetValue(data) is { } folder ? Path.GetFullPath(folder) : null,
                    Output = Path.GetFullPath(parsed.GetValue(output)!),
                    Shards = parsed.GetValue(shards),
                    Cores = parsed.GetValue(cores),
                    Hours = parsed.GetValue(hours),
                }.Text();
                var path = parsed.GetValue(script) ?? definition.Name + ".sbatch";
                if (File.Exists(path) && !parsed.GetValue(force)) throw new InputException($"{path}: exists; pass --force to replace it");
                AtomicFile.WriteText(path, text);
                return path;
            },
            path => Console.WriteLine($"submit with: sbatch {path}")));
        return command;
    }
}
