using System.Text.Json;

namespace Fovea.Training.Runs;

/// <summary>How long a stage took, from the run's log.</summary>
public static class StageTime
{
    /// <summary>
    /// Seconds of the steps that count, over all processes that worked on the stage: steps that were lost with a killed process and done
    /// again count once. 0 when there is no log.
    /// </summary>
    /// <param name="path">The log.</param>
    /// <param name="stage">The stage's name.</param>
    public static double Seconds(string path, string stage)
    {
        if (!File.Exists(path)) return 0;
        double total = 0, last = 0;
        foreach (var line in File.ReadLines(path))
        {
            if (Of(line, stage) is not { } seconds) continue;
            // Each process counts from zero.
            if (seconds < last) total += last;
            last = seconds;
        }

        return total + last;
    }

    private static double? Of(string line, string stage)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            return entry.RootElement.GetProperty("stage").GetString() == stage ? entry.RootElement.GetProperty("seconds").GetDouble() : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // a line that was cut off
        }
    }
}
