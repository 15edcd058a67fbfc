using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Training.Runs;

/// <summary>A schedule of a stage as it was laid: from one step on, to an end.</summary>
/// <param name="Start">Steps done when it was laid.</param>
/// <param name="End">The step that it ends at; a later segment may take over before.</param>
public sealed record ScheduleSegment(long Start, int End);

/// <summary>
/// The schedules of a stage one after another: one from its first step to its last, and a further one for each time that the run was told to
/// train to another step. A function of the step alone, so that a resumed run does the same.
/// </summary>
/// <param name="Segments">In the order of their starts, at least one.</param>
public sealed record StageSchedule(IReadOnlyList<ScheduleSegment> Segments)
{
    /// <summary>One schedule from the first step to the last.</summary>
    public static StageSchedule OneSegment(int steps) => new([new ScheduleSegment(0, steps)]);

    /// <summary>The segment that a step (0-based) belongs to.</summary>
    public ScheduleSegment At(long step) => Segments.Last(segment => segment.Start <= step);

    /// <summary>The learning rate of a step (0-based): warm-up and half cosine over its segment.</summary>
    public double RateAt(long step, int warmup, double peak) =>
        At(step) is var segment ? LearningRate.At(step - segment.Start, (int)(segment.End - segment.Start), warmup, peak) : peak;
}

/// <summary>
/// The schedules of a run's stages in its <c>segments.json</c>, which is there only when a stage was told to train to another step than the one it
/// began with. The configuration is written after it and says which of its segments count.
/// </summary>
internal static class ScheduleFile
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The schedule of a stage whose configuration says <paramref name="steps"/>.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    internal static StageSchedule Read(string path, string stage, int steps)
    {
        if (!File.Exists(path)) return StageSchedule.OneSegment(steps);
        if (ReadAll(path).GetValueOrDefault(stage) is not { Count: > 0 } all) return StageSchedule.OneSegment(steps);
        // A process may have been killed after it wrote a segment here and before it wrote the configuration.
        var last = all.FindLastIndex(segment => segment.End == steps);
        return last >= 0 && all[0].Start == 0
            ? new StageSchedule(all[..(last + 1)])
            : throw new InputException($"{path}: is damaged: no segment of the {stage} ends at the {steps} steps of the configuration");
    }

    /// <summary>Writes the schedules of all stages.</summary>
    internal static void Write(string path, IReadOnlyDictionary<string, StageSchedule> schedules) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(schedules.ToDictionary(entry => entry.Key, entry => entry.Value.Segments), Json));

    private static Dictionary<string, List<ScheduleSegment>> ReadAll(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, List<ScheduleSegment>>>(File.ReadAllText(path), Json) ?? [];
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: is damaged ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }
}

/// <summary>The learning rate as a pure function of the step: linear warm-up, then a half cosine down to a tenth.</summary>
public static class LearningRate
{
    private const double FinalShare = 0.1;

    /// <summary>The rate of a step (0-based) of a stage of <paramref name="steps"/> steps.</summary>
    public static double At(long step, int steps, int warmup, double peak)
    {
        if (step < warmup) return peak * (step + 1) / warmup;
        var progress = Math.Min(1.0, (double)(step - warmup) / Math.Max(1, steps - warmup));
        return peak * (FinalShare + (1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}
