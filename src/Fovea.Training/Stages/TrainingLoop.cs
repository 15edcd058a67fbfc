using System.Diagnostics;
using Fovea.Core;
using Fovea.Models;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Training.Stages;

/// <summary>
/// Drives a stage from where its last checkpoint left it to its end: log, checkpoints, grids, interruption.
/// </summary>
public sealed class TrainingLoop(RunFolder folder, RunOptions options, IProgress<ProgressUpdate>? progress)
{
    /// <summary>Told in a line each what the user should know of damaged checkpoints.</summary>
    public Action<string>? Announce { get; init; }

    /// <summary>Called when a checkpoint and the weights for use were written.</summary>
    public Action? AfterCheckpoint { get; init; }

    /// <summary>Runs the stage to its end. Does nothing more than export when it is there already.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint of the last finished step was written.</exception>
    /// <exception cref="DivergenceException">The loss or another figure of a step was not finite; the checkpoints are as they were.</exception>
    public void Run(ITrainingStage stage, CancellationToken cancellation)
    {
        var checkpoints = new CheckpointStore(folder.Checkpoints, stage.Name, options.KeepCheckpoints) { Warn = Announce };
        var step = checkpoints.Restore(stage);
        using var log = new RunLog(folder, stage.Name, step);
        var clock = Stopwatch.StartNew();
        var stepsAtStart = step;
        while (step < stage.Steps)
        {
            if (cancellation.IsCancellationRequested)
            {
                checkpoints.Save(stage, step);
                cancellation.ThrowIfCancellationRequested();
            }

            var (current, end) = (step, stage.Steps);
            var figures = CollectionPause.Run(() => stage.Step(current));
            // Every figure, not the loss alone: a gradient that is not finite has already spoiled the weights.
            foreach (var (name, value) in figures)
                if (!double.IsFinite(value)) throw Diverged(stage, name, step, checkpoints);
            step++;
            if (stage.Steps != end)
                Announce?.Invoke($"{stage.Name}: has converged at step {step:N0}; its rate falls from here to the end at step {stage.Steps:N0}");
            var rate = (step - stepsAtStart) / clock.Elapsed.TotalSeconds;
            if (step % options.LogEvery == 0 || step == stage.Steps) log.Write(step, WithHeldOut(stage, step, figures), rate, clock.Elapsed);
            progress?.Report(new ProgressUpdate(stage.Name, step, stage.Steps, "steps", Describe(figures)));
            if (step % options.GridEvery == 0 || step == stage.Steps) stage.DrawGrid(step);
            if (step % options.CheckpointEvery != 0 && step != stage.Steps) continue;
            checkpoints.Save(stage, step);
            stage.Export(step);
            AfterCheckpoint?.Invoke();
        }

        if (step == stepsAtStart) stage.Export(step);
    }

    // At the first logged step of all and at or after each checkpoint's: a function of the step, so that a resumed run logs the same.
    private IReadOnlyDictionary<string, double> WithHeldOut(ITrainingStage stage, long step, IReadOnlyDictionary<string, double> figures)
    {
        bool Passed(int every) => step == stage.Steps || step / every > (step - options.LogEvery) / every;
        if (!(Passed(options.CheckpointEvery) || step <= options.LogEvery) || CollectionPause.Run(stage.HeldOutLoss) is not { } loss) return figures;
        var all = new Dictionary<string, double>(figures) { ["held_out_loss"] = loss };
        if (!Passed(options.GridEvery)) return all;
        foreach (var (name, value) in CollectionPause.Run(() => stage.MeasureLayers(loss, ofEach: step == stage.Steps))) all[name] = value;
        return all;
    }

    // Figures of single layers are for the log.
    private static string Describe(IReadOnlyDictionary<string, double> figures) =>
        string.Join(
            "  ", figures.Where(f => f.Key is not ("learning_rate" or RunLog.EndFigure) && !f.Key.Contains('.', StringComparison.Ordinal))
                .Select(f => $"{f.Key} {f.Value:G3}"));

    private static DivergenceException Diverged(ITrainingStage stage, string figure, long step, CheckpointStore checkpoints) =>
        new(
            $"{stage.Name}: {figure} is not finite at step {step}; last good checkpoint: {checkpoints.Latest ?? "none"}; "
                + $"start a new run with a lower {stage.Name}.training.learning_rate");
}

/// <summary>What a stage is about to train, in one line.</summary>
internal static class StageDescription
{
    internal static string Text(ITrainingStage stage)
    {
        var size = ParameterReport.Count(stage.Network);
        return $"{stage.Name}: {size.Total:N0} parameters ({Layers(size, stage)}), {stage.Steps:N0} steps of {stage.Batch}";
    }

    private static string Layers(ParameterReport size, ITrainingStage stage)
    {
        var layers = ParameterReport.AngleLayersOf(stage.Network);
        if (layers.Count == 0) return "classical";
        var circuits = size.QuantumLayers == 0 ? "" : $", {stage.CircuitsPerStep:N0} circuits a step";
        // One setting decides for all places of a network.
        return layers[0].Kind == QuantumLayerKind.Circuit
            ? $"{size.Quantum:N0} of them circuit weights in {size.QuantumLayers} quantum layers{circuits}"
            : $"{size.LayerParameters:N0} of them in the middles of {layers.Count} {layers[0].Kind.Name()} layers{circuits}";
    }
}

/// <summary>Training produced a loss that is not finite. The message names the step and the last good checkpoint.</summary>
public sealed class DivergenceException(string message) : Exception(message);
