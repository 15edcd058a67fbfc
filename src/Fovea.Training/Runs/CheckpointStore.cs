using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Training.Runs;

/// <summary>The checkpoints of one stage: <c>NAME-STEP.safetensors</c>, each whole, the last few kept.</summary>
public sealed class CheckpointStore(string folder, string stage, int keep)
{
    private const string StepKey = "fovea.step";

    /// <summary>The newest checkpoint's path, or null.</summary>
    public string? Latest => Files().LastOrDefault();

    /// <summary>Writes the stage's state after <paramref name="stepsDone"/> steps and removes what is older than the last few.</summary>
    public void Save(ITrainingStage source, long stepsDone)
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(folder, $"{stage}-{stepsDone:D8}.safetensors");
        SafetensorsFile.Save(path, source.State(), new Dictionary<string, string> { [StepKey] = stepsDone.ToString(CultureInfo.InvariantCulture) });
        foreach (var old in Files().SkipLast(keep)) File.Delete(old);
    }

    /// <summary>Loads the newest checkpoint into the stage, if there is one, and returns the number of steps done.</summary>
    public long Restore(ITrainingStage target)
    {
        if (Latest is not { } path) return 0;
        using var scope = NewDisposeScope();
        using var content = SafetensorsFile.Load(path);
        if (!long.TryParse(content.Metadata.GetValueOrDefault(StepKey), CultureInfo.InvariantCulture, out var step))
            throw new InputException($"{path}: is not a checkpoint of this program (no step in its metadata)");
        target.LoadState(content.Tensors, path);
        return step;
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(folder, $"{stage}-????????.safetensors").Order(StringComparer.Ordinal);
}
