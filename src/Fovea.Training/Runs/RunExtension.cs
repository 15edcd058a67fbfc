using Fovea.Core.Errors;
using Fovea.Training.Configuration;

namespace Fovea.Training.Runs;

/// <summary>What it means for a run's stages when it is resumed with other numbers of steps than it had.</summary>
internal static class RunExtension
{
    /// <summary>The settings that may differ between a run and its continuation though they matter to the weights.</summary>
    internal static readonly string[] Settings = [AutoencoderSettings.Steps.Key, DenoiserSettings.Steps.Key];

    /// <summary>The schedules of both stages for the configuration's steps, and what changed about them in a line each.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="earlier">The configuration that it has.</param>
    /// <param name="config">The configuration that it is resumed with.</param>
    /// <exception cref="InputException">A stage cannot go on to the steps that are wanted.</exception>
    internal static (Dictionary<string, StageSchedule> Schedules, IReadOnlyList<string> Changes) Plan(RunFolder folder, RunConfig earlier, RunConfig config)
    {
        var changes = new List<string>();
        var schedules = new Dictionary<string, StageSchedule>
        {
            [StageNames.Autoencoder] = Extend(
                folder, StageNames.Autoencoder, folder.Autoencoder, earlier.AutoencoderTraining.Steps, config.AutoencoderTraining.Steps, changes,
                keepsLatents: config.AutoencoderTraining.DecoderOnly),
            [StageNames.Denoiser] = Extend(
                folder, StageNames.Denoiser, folder.Denoiser, earlier.DenoiserTraining.Steps, config.DenoiserTraining.Steps,
                changes, config.DenoiserTraining.Convergence > 0),
        };
        return (schedules, changes);
    }

    private static StageSchedule Extend(RunFolder folder, string stage, string weights, int earlier, int wanted, List<string> changes, bool converges = false,
        bool keepsLatents = false)
    {
        var present = ScheduleFile.Read(folder.Segments, stage, earlier);
        if (wanted == earlier) return present;
        if (converges)
        {
            throw new InputException(
                $"{folder.Path}: {stage}.training.steps = {wanted} here, {earlier} there: with denoiser.training.convergence the end of a run's schedule "
                    + $"cannot be moved; begin a new run with {new NamedInput("Init")} {folder.Path}");
        }

        var (key, checkpoints) = ($"{stage}.training.steps", new CheckpointStore(folder.Checkpoints, stage, 1));
        if (!checkpoints.Any && !File.Exists(weights)) return StageSchedule.OneSegment(wanted);
        var isDenoiserBegun = File.Exists(folder.Denoiser) || new CheckpointStore(folder.Checkpoints, StageNames.Denoiser, 1).Any;
        if (stage == StageNames.Autoencoder && !keepsLatents && isDenoiserBegun)
        {
            throw new InputException(
                $"{folder.Path}: {key} = {wanted} here, {earlier} there: its denoiser was trained on the latents of this autoencoder and would not fit one "
                    + $"that is trained further; begin a new run with {new NamedInput("Init")} {folder.Path}");
        }

        if (!checkpoints.Any)
        {
            throw new InputException(
                $"{folder.Path}: {key} = {wanted} here, {earlier} there, and there is no checkpoint of the {stage} to go on from; begin a new "
                    + $"run with {new NamedInput("Init")} {folder.Path}");
        }

        var done = checkpoints.StepsDone();
        if (wanted < done)
            throw new InputException($"{folder.Path}: {key} = {wanted} is fewer than the {done} steps that are done; allowed: {done} and above");
        changes.Add(
            $"{stage}: goes on from step {done:N0} to {wanted:N0} (it was to end at {earlier:N0}); the schedule of its learning rate is laid anew from here");
        if (done == 0) return StageSchedule.OneSegment(wanted);
        var kept = present.Segments.Where(segment => segment.Start < done);
        return new StageSchedule([.. kept, new ScheduleSegment(done, wanted)]);
    }
}
