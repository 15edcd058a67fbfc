using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Judges.Networks;
using Fovea.Judges.Provenance;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Judges.Features.Fundus;

/// <summary>Features of fundus photographs by a small network trained on their labels. Its distances are no FID.</summary>
public sealed class FundusNet : IFeatureNetwork
{
    private const int Batch = 32;
    private readonly FundusNetwork _network;

    private FundusNet(FundusNetwork network, FundusNetMetadata training, string hash)
    {
        (_network, Training) = (network, training);
        _network.eval();
        Description = new("FundusNet", hash, FundusNetwork.Features, training.Judge.Side, "RGB planes in [-1, 1], 2 * pixel / 255 - 1", IsInception: false);
    }

    /// <inheritdoc />
    public FeatureNetworkDescription Description { get; }

    /// <summary>What it was trained on.</summary>
    public FundusNetMetadata Training { get; }

    /// <summary>Loads the weights, in single or half precision; on the CPU where no context is given.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or holds something else.</exception>
    public static FundusNet Load(string path, ComputeContext? compute = null)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file (FundusNet's weights)");
        var metadata = FundusNetMetadata.FromMetadata(SafetensorsFile.LoadHeader(path).Metadata, path);
        int[] classes = [.. metadata.Tasks.Select(task => task.Classes.Count)];
        var network = ModuleWeights.Fill(new FundusNetwork(metadata.Judge.Side, metadata.Judge.Width, classes), path, acceptHalf: true);
        return new(network.On(compute), metadata, FileHash.Compute(path));
    }

    /// <inheritdoc />
    public float[] Extract(IReadOnlyList<byte[]> images, CancellationToken cancellation = default) => Apply(images, _network.Embed, cancellation);

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    internal static void Save(string path, FundusNetwork network, FundusNetMetadata metadata, bool asHalf) =>
        ModuleWeights.Save(network, path, metadata.ToMetadata(), asHalf);

    /// <summary>Logits of all tasks, [count × outputs] row by row.</summary>
    internal float[] Logits(IReadOnlyList<byte[]> images, CancellationToken cancellation) => Apply(images, _network.call, cancellation);

    private float[] Apply(IReadOnlyList<byte[]> images, Func<Tensor, Tensor> apply, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        var bytes = 3 * Description.Side * Description.Side;
        if (images.FirstOrDefault(image => image.Length != bytes) is { } stray)
            throw new ArgumentException($"an image has {stray.Length} bytes, {bytes} are needed for {Description.Side} pixels a side", nameof(images));
        using var noGradient = no_grad();
        var values = new List<float>();
        foreach (var batch in images.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            values.AddRange(CollectionPause.Run(() => ApplyBatch(batch, apply)));
        }

        return [.. values];
    }

    private float[] ApplyBatch(byte[][] batch, Func<Tensor, Tensor> apply)
    {
        using var scope = NewDisposeScope();
        return TensorSpans.ToArray<float>(apply(ImageTensors.FromPixels(batch, Description.Side, _network.Device())));
    }
}

/// <summary>What is stored with FundusNet's weights.</summary>
/// <param name="Judge">What is stored with those of any judge.</param>
/// <param name="Tasks">What it learnt to tell.</param>
public sealed record FundusNetMetadata(JudgeMetadata Judge, IReadOnlyList<FundusTask> Tasks)
{
    private const string Kind = "fundusnet";
    private const string TasksKey = "fovea.tasks";

    internal Dictionary<string, string> ToMetadata() => new(Judge.ToMetadata(Kind)) { [TasksKey] = JsonSerializer.Serialize(Tasks) };

    internal static FundusNetMetadata FromMetadata(IReadOnlyDictionary<string, string> metadata, string path) => JudgeMetadata.FromMetadata(
        metadata, path, (Kind, "a FundusNet"),
        judge => new FundusNetMetadata(judge, ReadTasks(JudgeMetadata.Entry(metadata, TasksKey))));

    private static FundusTask[] ReadTasks(string text) =>
        JsonSerializer.Deserialize<FundusTask[]>(text) is { } tasks && tasks.All(task => task is { Name: not null, Classes.Count: > 0 })
            ? tasks
            : throw new FormatException("no tasks with classes");
}
