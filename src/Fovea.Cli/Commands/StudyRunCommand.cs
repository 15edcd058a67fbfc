using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Study.Definitions;
using Fovea.Study.Planning;
using Fovea.Study.Running;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea study run STUDY --data DATASET --out DIR</c></summary>
internal static class StudyRunCommand
{
    internal static Argument<string> Study() =>
        CommonOptions.NotEmpty(new Argument<string>("study") { Description = $"A study's TOML file, or the name of a shipped one ({string.Join(", ", ShippedStudies.Names)}).", HelpName = "STUDY" });

    internal static Option<string?> Data() => CommonOptions.NotEmpty(new Option<string?>("--data") { Description = "A prepared dataset; required unless the study draws phantoms itself.", HelpName = "DATASET" });

    internal static Command Create()
    {
        var (study, data, output) = (Study(), Data(), CommonOptions.Out("The study's folder; the same command goes on with what is there."));
        var cell = CommonOptions.NotEmpty(new Option<string?>("--cell") { Description = "Run this cell only.", HelpName = "ARM-SIZE-seedN" });
        var shard = CommonOptions.NotEmpty(new Option<string?>("--shard") { Description = "Run the i-th of n parts, for several machines with one folder.", HelpName = "i/n" });
        var jobs = new Option<int>("--jobs") { Description = "Cells at a time, each in a process of its own.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads of all cells together; 0 for all cores.", DefaultValueFactory = _ => 0 };
        var force = new Option<bool>("--force") { Description = "Run cells again that were run with other settings." };
        var plan = new Option<bool>("--plan-only") { Description = "Tell what would be run and how long it takes, and stop." };
        // Its input is the parent process's: when that ends, so does this one, its state saved.
        var child = new Option<bool>("--until-input-ends") { Hidden = true };
        var command = new Command("run", "Run a study: train, sample and judge every arm at every size and seed. What is finished is skipped.")
        {
            study, data, output, cell, shard, jobs, threads, force, plan, child,
        };
        command.SetAction(parsed => Guarded.Run(
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
                    Process = new StudyChild(parsed.GetValue(study)!, parsed.GetValue(data), parsed.GetValue(output)!, parsed.GetValue(force)).Start,
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
