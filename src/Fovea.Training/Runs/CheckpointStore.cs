using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using static TorchSharp.torch;

namespace Fovea.Training.Runs;

/// <summary>The checkpoints of one stage: <c>NAME-STEP.safetensors</c>, each whole and with a digest of its content, the last few kept.</summary>
public sealed class CheckpointStore(string folder, string stage, int keep)
{
    private const string StepKey = "fovea.step";

    /// <summary>Told, in one line each, of checkpoints that are damaged and passed over.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The path of the checkpoint that was saved or restored last; before that the newest one's, or null.</summary>
    public string? Latest { get => field ?? Files().LastOrDefault(); private set; }

    /// <summary>Whether there is any, damaged or not.</summary>
    public bool Any => Directory.Exists(folder) && Files().Any();

    /// <summary>Writes the stage's state after <paramref name="stepsDone"/> steps and removes what is older than the last few.</summary>
    public void Save(ITrainingStage source, long stepsDone)
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(folder, $"{stage}-{stepsDone:D8}.safetensors");
        var (state, step) = (source.State(), stepsDone.ToString(CultureInfo.InvariantCulture));
        SafetensorsFile.Save(path, state, new Dictionary<string, string> { [StepKey] = step, [ContentDigest.Key] = ContentDigest.Compute(state, step) });
        Latest = path;
        // A damaged one that was passed over has a later step: it does not count among those that are kept.
        foreach (var old in Files().Where(file => string.CompareOrdinal(file, path) <= 0).SkipLast(keep)) File.Delete(old);
    }

    /// <summary>
    /// Loads the newest checkpoint that is sound into the stage, if there is any checkpoint, and returns the number of steps done. Damaged
    /// ones are told and stay where they are.
    /// </summary>
    /// <exception cref="InputException">There are checkpoints and none is sound.</exception>
    public long Restore(ITrainingStage target) => Newest(target.LoadState);

    /// <summary>The number of steps done by the newest checkpoint that is sound; 0 when there is none at all.</summary>
    /// <exception cref="InputException">There are checkpoints and none is sound.</exception>
    public long StepsDone() => Newest((_, _) => { });

    private long Newest(Action<IReadOnlyDictionary<string, Tensor>, string> use)
    {
        var damages = new List<string>();
        InputException? newest = null;
        foreach (var path in Files().Reverse())
        {
            try
            {
                var step = Read(path, use);
                foreach (var damage in damages) Warn?.Invoke($"warning: {damage}; going on from {path}");
                Latest = path;
                return step;
            }
            catch (InputException e)
            {
                newest ??= e;
                damages.Add(e.Message);
            }
        }

        if (newest is null) return 0;
        throw new InputException($"{newest.Message}; and there is no older checkpoint of the {stage} that is sound; nothing was changed", newest);
    }

    private static long Read(string path, Action<IReadOnlyDictionary<string, Tensor>, string> use)
    {
        using var scope = NewDisposeScope();
        using var content = SafetensorsFile.Load(path);
        var text = content.Metadata.GetValueOrDefault(StepKey);
        if (!long.TryParse(text, CultureInfo.InvariantCulture, out var step))
            throw new InputException($"{path}: is not a checkpoint of this program (no step in its metadata)");
        ContentDigest.Require(content, text, path);
        use(content.Tensors, path);
        return step;
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(folder, $"{stage}-????????.safetensors").Order(StringComparer.Ordinal);
}
