using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Files;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Reports;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea study report DIR</c></summary>
internal static class StudyReportCommand
{
    internal static Command Create()
    {
        var study = CommonOptions.NotEmpty(new Argument<string>("folder") { Description = "A study's folder; its work/ is not needed.", HelpName = "DIR" });
        var output = CommonOptions.NotEmpty(new Option<string?>("--out") { Description = "Where the report goes; default: the study's folder.", HelpName = "DIR" });
        var table = new Option<bool>("--markdown") { Description = "Print the arms as Markdown, a table a training size." };
        var command = new Command("report", "Compare the finished cells of a study: paired differences with intervals, tests, charts, pictures.") { study, output, table };
        command.SetAction(parsed => Guarded.RunShort(
            _ => Write(parsed.GetValue(study)!, parsed.GetValue(output)),
            result => Print(result.Analysis, result.Folder, parsed.GetValue(table))));
        return command;
    }

    private static (StudyAnalysis Analysis, string Folder) Write(string path, string? output)
    {
        var folder = StudyFolder.Open(path);
        var definition = ShippedStudies.Read(folder.Definition).Definition;
        var analysis = StudyAnalysis.Of(definition, folder.ReadResults(), folder.ReadReasons());
        var target = output ?? folder.Path;
        OutputFolder.Prepare(target, force: true);
        StudyReport.Write(analysis, folder.Cells, target);
        return (analysis, target);
    }

    private static void Print(StudyAnalysis analysis, string folder, bool asTable)
    {
        foreach (var line in StudyText.Lines(analysis)) Console.WriteLine(line);
        if (asTable)
            foreach (var size in analysis.Arms.Select(arm => arm.Size.Name).Distinct()) Console.WriteLine($"### Training images: {size}\n\n{StudyMarkdown.Table(analysis, size)}");
        Console.WriteLine($"report: {Path.Combine(folder, StudyReport.PageName)}");
    }
}
