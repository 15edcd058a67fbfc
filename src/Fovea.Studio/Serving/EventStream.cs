using System.Text.Json;
using Fovea.Studio.Folders;
using Fovea.Studio.Work;
using Fovea.Training.Runs;
using Microsoft.AspNetCore.Http;

namespace Fovea.Studio.Serving;

/// <summary>Events that a server sends, one after the other, as long as somebody listens.</summary>
internal abstract class EventStream
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Sends events until the listener, the studio or what they are about is gone.</summary>
    internal async Task Send(HttpContext context, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(gone.Token);
        Begin(context.Request.Query);
        for (var goes = true; goes; await Task.Delay(s_pause, gone.Token))
        {
            goes = false;
            foreach (var (name, data) in Next())
            {
                await context.Response.WriteAsync($"event: {name}\ndata: {data}\n\n", gone.Token);
                goes |= name == Idle;
            }
        }
    }

    /// <summary>The event that says nothing but that more may come.</summary>
    protected const string Idle = "beat";

    /// <summary>Reads where to begin.</summary>
    protected abstract void Begin(IQueryCollection query);

    /// <summary>What came since the last call; without <see cref="Idle"/> it was the last.</summary>
    protected abstract IEnumerable<(string Name, string Data)> Next();
}

/// <summary>What happens to a run: lines of its log, new grids, its beginning and its end.</summary>
/// <param name="path">The run's folder.</param>
internal sealed class RunEvents(string path) : EventStream
{
    private readonly HashSet<string> _grids = [];
    private MetricsTail? _tail;
    private bool? _isTraining;
    private string? _error;

    protected override void Begin(IQueryCollection query)
    {
        var metrics = Path.Combine(path, RunFiles.Metrics);
        _tail = new MetricsTail(metrics, long.TryParse(query["from"], out var from) && from >= 0 ? from : MetricsTail.WholeLength(metrics));
        foreach (var grid in Grids()) _grids.Add(grid);
        _error = TrainingLog.Read(path)?.Error;
    }

    protected override IEnumerable<(string Name, string Data)> Next()
    {
        if (FolderScan.KindOf(path) is null)
        {
            yield return ("gone", "{}");
            yield break;
        }

        foreach (var line in _tail!.Read()) yield return ("line", line);
        if (_tail.IsReset)
        {
            yield return ("reset", "{}");
            yield break;
        }

        foreach (var grid in Grids().Where(_grids.Add)) yield return ("picture", JsonSerializer.Serialize(grid));
        using var folder = RunFolder.Open(path);
        if (folder.IsInTraining is var training && training != _isTraining)
        {
            _isTraining = training;
            yield return ("state", training ? "true" : "false");
        }

        if (TrainingLog.Read(path)?.Error is { } error && error != _error) yield return ("failed", JsonSerializer.Serialize(_error = error));
        yield return (Idle, "{}");
    }

    private IEnumerable<string> Grids() =>
        new[] { "samples", "reconstructions" }.SelectMany(kind => RunView.Grids(Path.Combine(path, kind)).Select(file => $"{kind}/{file}"));
}

/// <summary>What happens to images that are being drawn.</summary>
/// <param name="desk">Draws them.</param>
internal sealed class SamplingEvents(SamplingDesk desk) : EventStream
{
    private string? _job;
    private long _version;

    protected override void Begin(IQueryCollection query) => _job = query["job"];

    protected override IEnumerable<(string Name, string Data)> Next()
    {
        if (desk.Job is not { } job || job.Id != _job)
        {
            yield return ("gone", "{}");
            yield break;
        }

        var isOver = job.IsOver;
        (_version, var drawn) = job.Since(_version);
        foreach (var picture in drawn)
            yield return ("picture", JsonSerializer.Serialize(new { model = picture.Model, index = picture.Index, version = picture.Version }));
        yield return ("message", JsonSerializer.Serialize(job.Message));
        yield return isOver ? ("over", job.HasFailed ? "true" : "false") : (Idle, "{}");
    }
}
