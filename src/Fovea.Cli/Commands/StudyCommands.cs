using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Study.Reports;
using Fovea.Study.Running;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea study</c></summary>
internal static class StudyCommand
{
    internal static Command Create() => new("study", "Many runs that belong together: arms, seeds and training sizes, judged alike.")
    {
        StudyRunCommand.Create(), StudyStatusCommand.Create(), StudyReportCommand.Create(), StudyEmitCommand.Create(),
    };
}

/// <summary><c>fovea study run STUDY --data DATASET --out DIR</c></summary>
internal static class StudyRunCommand
{
    internal static Argument<string> Study() =>
        CommonOptions.NotEmpty(new Argument<string>("study")
        {
            Description = $"A study's TOML file, or the name of a shipped one ({string.Join(", ", ShippedStudies.Names)}).",
            HelpName = "STUDY",
        }).Suggest(() => ShippedStudies.Names);

    internal static Option<string?> Data() =>
        CommonOptions.NotEmpty(
            new Option<string?>("--data") { Description = "A prepared dataset; required unless the study draws phantoms itself.", HelpName = "DATASET" });

    internal static Command Create()
    {
        var (study, data, output) = (Study(), Data(), CommonOptions.Out("The study's folder; the same command goes on with what is there."));
        var cell = CommonOptions.NotEmpty(new Option<string?>("--cell") { Description = "Run this cell only.", HelpName = "ARM-SIZE-seedN" });
        var shard = CommonOptions.NotEmpty(
            new Option<string?>("--shard") { Description = "Run the i-th of n parts, for several machines with one folder.", HelpName = "i/n" });
        var jobs = new Option<int>("--jobs") { Description = "Cells at a time, each in a process of its own.", DefaultValueFactory = _ => 1 };
        var threads = CommonOptions.Threads("Threads of all cells together");
        var force = new Option<bool>("--force") { Description = "Run cells again that were run with other settings." };
        var plan = new Option<bool>("--plan-only") { Description = "Tell what would be run and how long it takes, and stop." };
        // Its input is the parent process's: when that ends, so does this one, its state saved.
        var child = new Option<bool>("--until-input-ends") { Hidden = true };
        var command = new Command("run", "Run a study: train, sample and judge every arm at every size and seed. What is finished is skipped.")
        {
            study, data, output, cell, shard, jobs, threads, force, plan, child,
        };
        command.SetAction(parsed => CommandRun.Run(
            "finished cells are kept, the same command goes on with the others",
            work =>
            {
                using var parent = parsed.GetValue(child) ? new ParentWatch(work.Cancellation) : null;
                var request = new StudyRequest
                {
                    Source = ShippedStudies.Read(parsed.GetValue(study)!),
                    Dataset = parsed.GetValue(data),
                    Output = parsed.GetValue(output)!,
                    Cell = parsed.GetValue(cell),
                    Shard = parsed.GetValue(shard) is { } part ? Shard.Parse(part) : null,
                    Jobs = parsed.GetValue(jobs),
                    Threads = parsed.GetValue(threads),
                    Force = parsed.GetValue(force),
                    PlanOnly = parsed.GetValue(plan),
                    Process = new StudyChild(parsed.GetValue(study)!, parsed.GetValue(output)!, parsed.GetValue(force)).Start,
                    NameOf = InputFlags.Name,
                    Progress = work.Progress,
                    Announce = work.Announce,
                };
                return StudyRun.Execute(request, parent?.Token ?? work.Cancellation);
            },
            outcome => Console.WriteLine(Summary(outcome, parsed.GetValue(plan), parsed.GetValue(output)!))));
        return command;
    }

    private static string Summary(StudyOutcome outcome, bool planned, string folder)
    {
        if (planned) return $"{outcome.Cells - outcome.Skipped} of {outcome.Cells} cells would be run: {folder}";
        var elsewhere = outcome.Elsewhere > 0 ? $", {outcome.Elsewhere} are being run by another process" : "";
        return $"{outcome.Finished} cells run, {outcome.Skipped} were finished before{elsewhere}: {folder}";
    }
}

/// <summary><c>fovea study emit --engine slurm|kubernetes STUDY --data DATASET --out DIR</c></summary>
internal static class StudyEmitCommand
{
    private const string Slurm = "slurm";
    private const string Kubernetes = "kubernetes";

    internal static Command Create()
    {
        var (study, data, output) = (StudyRunCommand.Study(), StudyRunCommand.Data(), CommonOptions.Out("The study's folder, where all nodes see it."));
        var engine = CommonOptions.Choice("--engine", "What runs it", new Dictionary<string, string> { [Slurm] = Slurm, [Kubernetes] = Kubernetes });
        engine.DefaultValueFactory = _ => Slurm;
        var defaults = new ClusterJob { Name = "", Program = [], Study = "", Output = "", Shards = 8 };
        var shards = new Option<int>("--shards") { Description = "Tasks.", DefaultValueFactory = _ => defaults.Shards };
        var cores = new Option<int>("--cores") { Description = "Cores a task.", DefaultValueFactory = _ => defaults.Cores };
        var gpus = new Option<int>("--gpus") { Description = "GPUs a task.", DefaultValueFactory = _ => defaults.Gpus };
        var hours = new Option<int>("--hours") { Description = "Hours that a task may run; submit again for more.", DefaultValueFactory = _ => defaults.Hours };
        var partition = Text("--partition", "Slurm: the partition.", "NAME");
        var account = Text("--account", "Slurm: the account that pays.", "NAME");
        var container = Text("--container", "Slurm: an Apptainer image whose fovea is run.", "FILE");
        var image = Text("--image", "Kubernetes: the container image whose fovea is run.", "IMAGE");
        var claim = Text("--claim", "Kubernetes: the persistent volume claim that all tasks mount.", "NAME");
        var mount = Text("--mount", "Kubernetes: where it is mounted; --data, --out and a study's file lie in it.", "DIR");
        var script = Text("--script", "The file to write; default: STUDY.sbatch or STUDY.yaml here.", "FILE");
        var force = new Option<bool>("--force") { Description = "Replace it." };
        var command = new Command("emit", "Write a script or manifest that runs a study on a cluster, in parts.")
        {
            study, data, output, engine, shards, cores, gpus, hours, partition, account, container, image, claim, mount, script, force,
        };
        command.SetAction(parsed => CommandRun.RunShort(
            _ =>
            {
                var onSlurm = parsed.GetValue(engine) == Slurm;
                Refuse(parsed, onSlurm ? [image, claim, mount] : [partition, account, container], onSlurm ? Kubernetes : Slurm);
                var job = Job(parsed.GetValue(study)!, parsed.GetValue(data), parsed.GetValue(output)!, onSlurm) with
                {
                    Shards = parsed.GetValue(shards),
                    Cores = parsed.GetValue(cores),
                    Gpus = parsed.GetValue(gpus),
                    Hours = parsed.GetValue(hours),
                };
                var text = onSlurm
                    ? new SlurmScript(job)
                    {
                        Partition = parsed.GetValue(partition),
                        Account = parsed.GetValue(account),
                        Container = parsed.GetValue(container),
                    }.Text()
                    : new KubernetesJob(job, Needed(parsed, image), Needed(parsed, claim), Needed(parsed, mount)).Text();
                var path = parsed.GetValue(script) ?? job.Name + (onSlurm ? ".sbatch" : ".yaml");
                OutputFile.Require(path, parsed.GetValue(force), parsed.GetValue(study)!);
                AtomicFile.WriteText(path, text);
                return onSlurm ? $"submit with: sbatch {path}" : $"submit with: kubectl apply -f {path}";
            },
            Console.WriteLine));
        return command;
    }

    private static Option<string?> Text(string name, string description, string help) =>
        CommonOptions.NotEmpty(new Option<string?>(name) { Description = description, HelpName = help });

    private static ClusterJob Job(string named, string? data, string output, bool isHere)
    {
        var definition = ShippedStudies.Read(named).Definition;
        if (data is null && definition.Phantoms is null)
            throw new InputException($"study {definition.Name}: --data is missing; a dataset is needed, made with 'fovea prepare'");
        // In a pod paths are those of its volume.
        string Full(string path) => isHere ? Path.GetFullPath(path) : path;
        return new()
        {
            Name = definition.Name,
            Program = isHere ? StudyChild.Program : ["fovea"],
            Study = File.Exists(named) ? Full(named) : named,
            Dataset = data is null ? null : Full(data),
            Output = Full(output),
            Shards = 1,
        };
    }

    private static string Needed(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? throw new InputException($"{option.Name} is missing; --engine {Kubernetes} needs it");

    private static void Refuse(ParseResult parsed, Option<string?>[] options, string engine)
    {
        if (options.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } other)
            throw new InputException($"{other.Name} is for --engine {engine} only");
    }
}

/// <summary><c>fovea study status DIR</c></summary>
internal static class StudyStatusCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    internal static Command Create()
    {
        var study = CommonOptions.NotEmpty(new Argument<string>("folder") { Description = "A study's folder.", HelpName = "DIR" });
        var watch = new Option<bool>("--watch") { Description = "Show it again every five seconds until every cell is finished or failed." };
        var json = CommonOptions.Json();
        var command = new Command(
            "status",
            "Tell where the cells of a study stand, whoever runs them: finished, running, waiting, failed.") { study, watch, json };
        command.SetAction(parsed => CommandRun.Run(
            "the study is not touched by it",
            work =>
            {
                while (parsed.GetValue(watch)
                    && Read(parsed.GetValue(study)!) is { } status
                    && status.Count(CellStanding.Running) + status.Count(CellStanding.Waiting) > 0)
                {
                    foreach (var line in status.Lines()) work.Announce(line);
                    work.Cancellation.WaitHandle.WaitOne(s_interval);
                    work.Cancellation.ThrowIfCancellationRequested();
                }

                return Read(parsed.GetValue(study)!);
            },
            status =>
            {
                if (parsed.GetValue(json)) Console.WriteLine(StudyStatus.Json(status));
                else
                    foreach (var line in status.Lines()) Console.WriteLine(line);
            }));
        return command;
    }

    private static StudyStatus Read(string path)
    {
        var folder = StudyFolder.Open(path);
        return StudyStatus.Read(folder, folder.Resolve(ShippedStudies.Read(folder.Definition).Definition).Study, DateTimeOffset.UtcNow);
    }
}

/// <summary><c>fovea study report DIR</c></summary>
internal static class StudyReportCommand
{
    internal static Command Create()
    {
        var study = CommonOptions.NotEmpty(new Argument<string>("folder") { Description = "A study's folder; its work/ is not needed.", HelpName = "DIR" });
        var output = CommonOptions.NotEmpty(
            new Option<string?>("--out") { Description = "Where the report goes; default: the study's folder.", HelpName = "DIR" });
        var table = new Option<bool>("--markdown") { Description = "Print the arms as Markdown, a table a training size." };
        var json = CommonOptions.Json();
        var command = new Command(
            "report", "Compare the finished cells of a study: paired differences with intervals, tests, charts, pictures.")
        {
            study, output, table, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(table) && result.GetValue(json)) result.AddError("--markdown and --json do not go together; allowed: one of them");
        });
        command.SetAction(parsed => CommandRun.RunShort(
            _ => Write(parsed.GetValue(study)!, parsed.GetValue(output)),
            result =>
            {
                if (parsed.GetValue(json)) Console.WriteLine(StudyReport.Json(result.Analysis));
                else Print(result.Analysis, parsed.GetValue(table));
                (parsed.GetValue(json) ? Console.Error : Console.Out).WriteLine($"report: {Path.Combine(result.Folder, StudyReport.PageName)}");
            }));
        return command;
    }

    private static (StudyAnalysis Analysis, string Folder) Write(string path, string? output)
    {
        var folder = StudyFolder.Open(path);
        var (definition, tuning) = folder.Resolve(ShippedStudies.Read(folder.Definition).Definition);
        var analysis = StudyAnalysis.Analyze(definition, folder.ReadResults(), folder.ReadReasons()) with { Tuning = tuning };
        var target = output ?? folder.Path;
        OutputFolder.Prepare(target, force: true);
        StudyReport.Write(analysis, folder.Cells, target);
        return (analysis, target);
    }

    private static void Print(StudyAnalysis analysis, bool asTable)
    {
        foreach (var line in StudyText.Lines(analysis)) Console.WriteLine(line);
        if (asTable)
        {
            foreach (var size in analysis.Arms.Select(arm => arm.Size.Name).Distinct())
            {
                Console.WriteLine(
                    $"### Training images: {size}\n\n{StudyMarkdown.Table(analysis, size)}");
            }
        }
    }
}

/// <summary>How a process that runs one cell of a study is started.</summary>
internal sealed class StudyChild(string study, string output, bool force)
{
    /// <summary>This program: its file, or the <c>dotnet</c> that runs it with its file.</summary>
    internal static IReadOnlyList<string> Program { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet"
        ? [path]
        : [Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "fovea.dll")];

    /// <summary>The process's command line.</summary>
    internal ProcessStartInfo Start(StudyFolder folder, string data, string cell, int threads)
    {
        // The tries of a tuning are a study in a folder within the study's.
        var (named, into) = folder.Path == Path.GetFullPath(output) ? (study, output) : (folder.Definition, folder.Path);
        List<string> arguments =
        [
            .. Program.Skip(1), "study", "run", named, "--data", data, "--out", into, "--cell", cell,
            "--threads", threads.ToString(CultureInfo.InvariantCulture), "--until-input-ends",
        ];
        if (force) arguments.Add("--force");
        return new ProcessStartInfo(Program[0], arguments);
    }
}
