using System.Diagnostics;
using System.Globalization;

namespace Fovea.Cli.Commands;

/// <summary>How a process that runs one cell of a study is started.</summary>
internal sealed class StudyChild(string study, string? data, string output, bool force)
{
    /// <summary>This program: its file, or the <c>dotnet</c> that runs it with its file.</summary>
    internal static IReadOnlyList<string> Program { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet"
        ? [path]
        : [Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "fovea.dll")];

    /// <summary>The process's command line.</summary>
    internal ProcessStartInfo Start(string cell, int threads)
    {
        List<string> arguments = [.. Program.Skip(1), "study", "run", study, "--out", output, "--cell", cell, "--threads", threads.ToString(CultureInfo.InvariantCulture), "--until-input-ends"];
        if (data is not null) arguments.AddRange(["--data", data]);
        if (force) arguments.Add("--force");
        return new ProcessStartInfo(Program[0], arguments);
    }
}
