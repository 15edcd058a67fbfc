using System.Diagnostics;
using System.Globalization;

namespace Fovea.Studio.Work;

/// <summary>
/// What a training that a studio started says, in a file beside its run's folder: its line, its process, its messages. Where it was gone on with, these follow
/// each other in the file, and the last of them is what is told.
/// </summary>
internal sealed record TrainingLog
{
    private const string Ending = ".log";
    private const string Start = "fovea train ";
    private const string ProcessMark = "pid ";
    private const string Mine = "fovea: ";
    private const int MostLines = 12;
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(10); // in which the process is there

    /// <summary>The line that started it.</summary>
    internal required string Command { get; init; }

    /// <summary>Its process; null before that was written.</summary>
    internal int? Process { get; init; }

    /// <summary>Whether that process is there and is this training.</summary>
    internal bool IsAlive { get; init; }

    /// <summary>The line that it ended with, where it failed or was stopped; null where not.</summary>
    internal string? Error { get; init; }

    /// <summary>Its last messages.</summary>
    internal required IReadOnlyList<string> Last { get; init; }

    /// <summary>The file of a run.</summary>
    internal static string PathOf(string run) => run + Ending;

    /// <summary>Reads what there is of a run; null where no studio started it.</summary>
    internal static TrainingLog? Read(string run)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(PathOf(run), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            string[] lines = LastOf([.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
            if (lines is not [var command, ..]) return null;
            var process = lines.Select(
                line => line.StartsWith(ProcessMark, StringComparison.Ordinal)
                    && int.TryParse(line[ProcessMark.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
                .FirstOrDefault(number => number is not null);
            var alive = process is { } id ? IsTraining(id, run) : DateTime.UtcNow - File.GetLastWriteTimeUtc(PathOf(run)) < s_start;
            return new TrainingLog
            {
                Command = command,
                Process = process,
                IsAlive = alive,
                Error = alive ? null : lines.LastOrDefault(line => line.StartsWith(Mine, StringComparison.Ordinal))?[Mine.Length..],
                Last = [.. lines.Skip(1).Where(line => !line.StartsWith(ProcessMark, StringComparison.Ordinal)).TakeLast(MostLines)],
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // From the line that started it last: one with the number of its process behind it, or at the end, where that is not written yet. None where the file
    // does not begin with such a line.
    private static string[] LastOf(string[] lines)
    {
        bool Begins(int place) => lines[place].StartsWith(Start, StringComparison.Ordinal);
        return lines.Length == 0 || !Begins(0) ? []
            : lines[Enumerable.Range(0, lines.Length).Last(
                place => place == 0
                    || (Begins(place) && (place == lines.Length - 1 || lines[place + 1].StartsWith(ProcessMark, StringComparison.Ordinal))))..];
    }

    // Numbers of processes are used again: its own words say whether it is this one, and a wrong one would be ended in its place.
    private static bool IsTraining(int process, string run)
    {
        var words = OperatingSystem.IsLinux() ? LinuxWords(process) : OtherWords(process);
        var output = Array.IndexOf(words, "--out") + 1;
        return output > 0 && output < words.Length && words.Contains("train") && NameOf(words[output]) == NameOf(run);
    }

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    private static string[] LinuxWords(int process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cmdline")).Split('\0');
        }
        catch (IOException)
        {
            return [];
        }
    }

    // Words are told in one line there, in which a path's spaces are lost: up to the next option it is one word.
    private static string[] OtherWords(int process)
    {
        using var asked = System.Diagnostics.Process.Start(
            new ProcessStartInfo("ps", ["-o", "args=", "-p", process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true });
        var line = asked?.StandardOutput.ReadToEnd().Trim() ?? "";
        var output = line.IndexOf(" --out ", StringComparison.Ordinal);
        if (output < 0) return [];
        var path = line[(output + " --out ".Length)..];
        var end = path.IndexOf(" --", StringComparison.Ordinal);
        return [.. line[..output].Split(' '), "--out", end < 0 ? path : path[..end]];
    }
}
