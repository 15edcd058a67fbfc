namespace Fovea.Training.Runs;

/// <summary>A stage's log: lines in the run's metrics file and scalars in TensorBoard event files.</summary>
public sealed class RunLog : IDisposable
{
    private readonly string _stage;
    private readonly MetricsLog _metrics;
    private readonly EventFile _events;

    /// <summary>Opens the log of a stage that goes on after <paramref name="lastStep"/> steps.</summary>
    public RunLog(RunFolder folder, string stage, long lastStep)
    {
        _stage = stage;
        _metrics = new MetricsLog(folder.Metrics, stage, lastStep);
        _events = new EventFile(Path.Combine(folder.TensorBoard, stage), lastStep + 1);
    }

    /// <summary>Writes the figures of a step with the rate (steps a second) and the time since the process took the stage up.</summary>
    public void Write(long step, IReadOnlyDictionary<string, double> figures, double rate, TimeSpan elapsed)
    {
        var all = new Dictionary<string, double>(figures) { ["steps_per_second"] = rate, ["seconds"] = elapsed.TotalSeconds };
        _metrics.Write(_stage, step, all);
        foreach (var (name, value) in all) _events.Add($"{_stage}/{name}", value, step);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _events.Dispose();
        _metrics.Dispose();
    }
}
