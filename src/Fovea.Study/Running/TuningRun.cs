using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Reporting;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Study.Results;

namespace Fovea.Study.Running;

/// <summary>Runs the tries of a study's <c>[tuning]</c> in the folder <c>tuning</c> of the study's, and chooses.</summary>
internal static class TuningRun
{
    /// <summary>The study with the chosen settings; as it is where nothing is tuned.</summary>
    /// <param name="request">What of the study is run. One cell alone, and a plan, run no tries and take what was chosen before.</param>
    /// <param name="folder">The study's folder.</param>
    /// <param name="data">The dataset.</param>
    /// <param name="cancellation">Interrupts it; tries that are finished are kept.</param>
    /// <exception cref="InputException">Tries are missing that this run does not make.</exception>
    /// <exception cref="CellsFailedException">Some tries failed.</exception>
    public static StudyDefinition Tune(StudyRequest request, StudyFolder folder, string data, CancellationToken cancellation)
    {
        var study = request.Source.Definition;
        if (study.Tuning is null) return study;
        var source = TuningStudy.Build(study, folder.Tuning);
        CellsFailedException? failed = null;
        if (request is { Cell: null, PlanOnly: false })
        {
            request.Announce?.Invoke($"tuning: {study.Tuning.Tries.Count} tries for each of {Counted.Of(study.Arms.Count, "arm")}");
            try
            {
                StudyRun.Execute(request with { Source = source, Dataset = data, Output = folder.Tuning, LeavesDiverged = true }, cancellation);
            }
            catch (CellsFailedException e)
            {
                failed = e;
            }
        }

        if (Choose(study, source, folder, data) is not { } result)
        {
            if (failed is not null) throw failed;
            if (!request.PlanOnly)
            {
                throw new InputException(
                    $"{folder.Tuning}: tries of the tuning are missing, and what they choose is part of every cell; "
                        + $"give 'fovea study run' without {new NamedInput("Cell")}, and "
                        + $"again when other parts have run theirs");
            }

            request.Announce?.Invoke("warning: the tuning is not finished; the arms are shown without what it will choose");
            return study;
        }

        if (request is { Cell: null, PlanOnly: false }) Keep(result, folder, request.Announce);
        return result.Apply(study);
    }

    /// <summary>
    /// Looks whether tries may be compared: the best is the one of the lowest held-out loss, which is of its own target in its own latents.
    /// </summary>
    /// <param name="study">The study, with or without tuning.</param>
    /// <param name="output">Its folder, which need not exist.</param>
    /// <param name="data">The dataset.</param>
    /// <exception cref="InputException">Tries of an arm differ in what their losses are of.</exception>
    public static void RequireComparable(StudyDefinition study, string output, string data)
    {
        if (study.Tuning is null) return;
        var source = TuningStudy.Build(study, Path.Combine(Path.GetFullPath(output), StudyFolder.TuningName));
        using var dataset = ImageDataset.Open(data);
        var cells = StudyPlanner.Plan(source.Definition, dataset).Cells.ToLookup(cell => cell.Arm.Name);
        foreach (var arm in study.Arms)
        {
            var tries = study.Tuning!.Tries.Select(item => (item.Name, Cell: cells[TuningStudy.ArmOf(arm, item)].First())).ToArray();
            foreach (var (name, cell) in tries)
            {
                if (cell.AutoencoderKey == tries[0].Cell.AutoencoderKey && cell.Config.Diffusion == tries[0].Cell.Config.Diffusion) continue;
                throw new InputException(
                    $"study {study.Name}: tuning.tries of arm '{arm.Name}': {name} differs from {tries[0].Name} in the autoencoder or in settings of "
                        + $"[diffusion], so that their held-out losses, by which the best is chosen, are of different things; allowed: other settings");
            }
        }
    }

    // From the results themselves: a choice that was written down may be of other tries.
    private static TuningResult? Choose(StudyDefinition study, StudySource source, StudyFolder folder, string data)
    {
        var tuning = study.Tuning!;
        if (!Directory.Exists(folder.Tuning)) return null;
        using var dataset = ImageDataset.Open(data);
        var cells = StudyPlanner.Plan(source.Definition, dataset).Cells.ToLookup(cell => cell.Arm.Name);
        var known = CellResults.Read(folder.Tuning).ToDictionary(result => result.Cell);
        var tried = StudyFolder.Of(folder.Tuning);
        // A training that diverged is a try like any other, and none that is chosen; null where there is neither a result nor that.
        double? Loss(StudyCell cell) => known.GetValueOrDefault(cell.Name) is { } result && result.Fingerprint == cell.Fingerprint
            ? result.HeldOutLoss?.Value ?? double.NaN
            : tried.HasDiverged(cell.Name, cell.Fingerprint) ? double.NaN : null;
        var arms = new List<TunedArm>();
        foreach (var arm in study.Arms)
        {
            var tries = new List<TriedSettings>();
            foreach (var item in tuning.Tries)
            {
                double?[] losses = [.. cells[TuningStudy.ArmOf(arm, item)].Select(Loss)];
                if (losses.Contains(null)) return null;
                tries.Add(new(item.Name, item.Set, [.. losses.Select(loss => loss!.Value)]));
            }

            arms.Add(TunedArm.Choose(arm.Name, tries));
        }

        return new(tuning.Steps, tuning.Seeds, arms);
    }

    private static void Keep(TuningResult result, StudyFolder folder, Action<string>? announce)
    {
        StudyJson.Write(folder.TuningResult, result);
        string[][] rows =
        [
            ["arm", .. result.Arms[0].Tries.Select(item => item.Name), "chosen"],
            .. result.Arms.Select(arm => (string[])[arm.Arm, .. arm.Tries.Select(item => item.Text), arm.Chosen]),
        ];
        foreach (var line in AlignedRows.Lines(rows)) announce?.Invoke(line);
    }
}
