using System.Diagnostics;
using System.Globalization;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Grids;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Studio.Work;

/// <summary>Draws images in this process, one order at a time.</summary>
internal sealed class SamplingDesk : IDisposable
{
    private readonly Lock _lock = new();
    private SamplingJob? _job;

    /// <summary>What is being drawn, or was drawn last; null before the first.</summary>
    internal SamplingJob? Job
    {
        get
        {
            lock (_lock) return _job;
        }
    }

    /// <summary>Begins to draw.</summary>
    /// <exception cref="InputException">Something else is being drawn.</exception>
    internal SamplingJob Start(SamplingOrder order)
    {
        lock (_lock)
        {
            if (_job is { IsOver: false }) throw new InputException("images are being drawn; wait for them, or stop that first");
            _job?.Dispose();
            return _job = new SamplingJob(order);
        }
    }

    /// <summary>Gives up what is being drawn, and waits for its end.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _job?.Dispose();
            _job = null;
        }
    }
}

/// <summary>Images of an order, as far as they are drawn.</summary>
internal sealed class SamplingJob : IDisposable
{
    private const int Previews = 8;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Drawn?[][] _pictures;
    private readonly Task _work;
    private long _version;

    internal SamplingJob(SamplingOrder order)
    {
        Order = order;
        _pictures = [.. order.Models.Select(_ => new Drawn?[order.Count])];
        _work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What is drawn.</summary>
    internal SamplingOrder Order { get; }

    /// <summary>Names this job among all.</summary>
    internal string Id { get; } = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether it came to its end, good or bad.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Whether that was a failure.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>What there is to say of it, in one line.</summary>
    internal string Message { get; private set; } = "loading the model";

    /// <summary>A picture as PNG; null where there is none yet.</summary>
    internal byte[]? Picture(int model, int index)
    {
        lock (_lock) return model >= 0 && model < _pictures.Length && index >= 0 && index < _pictures[model].Length ? _pictures[model][index]?.Png : null;
    }

    /// <summary>Pictures that are newer than a version, and the version now.</summary>
    internal (long Version, IReadOnlyList<Drawn> Pictures) Since(long version)
    {
        lock (_lock) return (_version, [.. _pictures.SelectMany(model => model).OfType<Drawn>().Where(drawn => drawn.Version > version)]);
    }

    /// <summary>Asks it to stop, before the next step.</summary>
    internal void Cancel() => _cancellation.Cancel();

    /// <summary>Stops it and waits for that.</summary>
    public void Dispose()
    {
        Cancel();
        _work.Wait();
        _cancellation.Dispose();
    }

    private void Work()
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using (Order.Sent)
            {
                for (var model = 0; model < Order.Models.Count; model++) Draw(model);
            }

            Message = $"done in {Reporting.Figures.Duration(clock.Elapsed.TotalSeconds)}";
        }
        catch (OperationCanceledException)
        {
            Message = "stopped";
        }
        catch (InputException e)
        {
            (HasFailed, Message) = (true, e.Message);
        }
        catch (Exception e)
        {
            (HasFailed, Message) = (true, $"failed: {e.Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            IsOver = true;
        }
    }

    private static int StepsOf(string run)
    {
        using var folder = RunFolder.Open(run);
        return RunConfigReader.FromFile(folder.Config).Sampling.Steps;
    }

    // Through a folder, as the command does: the images are those of the command.
    private void Draw(int model)
    {
        var folder = Directory.CreateTempSubdirectory("fovea-studio-").FullName;
        try
        {
            var side = 0;
            var (_, run) = Order.Models[model];
            var every = Math.Max(1, (Order.Steps ?? StepsOf(run)) / Previews);
            var request = new SampleRequest
            {
                Count = Order.Count,
                Seed = Order.Seed,
                Sampler = Order.Sampler,
                Steps = Order.Steps,
                Guidance = Order.Guidance,
                AttentionGuidance = Order.AttentionGuidance,
                Preview = new SamplePreview(every, (index, done, all, pixels) =>
                {
                    side = (int)Math.Round(Math.Sqrt(pixels.Length / 3.0));
                    Message = $"{Order.Models[model].Name}: step {done} of {all}";
                    Keep(model, (int)index, done, all, PngFile.Encode(new RgbImage(side, side, pixels)));
                }),
                Progress = new Finished(done => KeepFinished(model, folder, done)),
            };
            SamplingRun.Execute(
                run, folder, force: true, Order.Class, request, Order.NoiseOf(run)?.Layers(Order.Seed), Order.Photograph, masks: Order.Mask,
                cancellation: _cancellation.Token);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void KeepFinished(int model, string folder, long done)
    {
        for (var index = 0; index < done; index++)
        {
            if (_pictures[model][index] is not { Step: var step, Steps: var steps } || step != steps)
                Keep(model, index, 1, 1, File.ReadAllBytes(DrawnImages.PathOf(folder, index)));
        }
    }

    private void Keep(int model, int index, int step, int steps, byte[] png)
    {
        lock (_lock) _pictures[model][index] = new Drawn(model, index, step, steps, ++_version, png);
    }

    private sealed class Finished(Action<long> take) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => take(value.Done);
    }
}

/// <summary>An image as far as it is drawn.</summary>
/// <param name="Model">Which of the order's models.</param>
/// <param name="Index">Which of its images.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Version">Grows with each change of any.</param>
/// <param name="Png">The picture.</param>
internal sealed record Drawn(int Model, int Index, int Step, int Steps, long Version, byte[] Png);
