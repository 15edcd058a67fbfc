using System.Diagnostics;
using System.Globalization;
using Fovea.Study.Folders;

namespace Fovea.Cli.Commands;

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
