using Fovea.Torch.Tensors;
using Fovea.Training.Runs;
using static TorchSharp.torch;

namespace Fovea.Tests.Training;

/// <summary>A stage whose state is the number of its steps, and whose figures can be made to fail.</summary>
internal sealed class CountingStage(string name, int steps) : ITrainingStage
{
    private readonly Tensor _count = zeros(1);

    public string Name => name;

    public int Steps => steps;

    public int Batch => 1;

    public nn.Module Network { get; } = nn.Identity();

    public long CircuitsPerStep => 0;

    /// <summary>Figures of a step; the default is a finite loss.</summary>
    internal Func<long, Dictionary<string, double>> Figures { get; init; } = _ => new() { ["loss"] = 1 };

    internal float Count => TensorSpans.ToArray<float>(_count)[0];

    internal List<long> Exports { get; } = [];

    internal List<long> Grids { get; } = [];

    public IReadOnlyDictionary<string, double> Step(long step)
    {
        using (var span = TensorSpans.Open<float>(_count)) span.Values[0]++;
        return Figures(step);
    }

    public IReadOnlyDictionary<string, Tensor> State() => new Dictionary<string, Tensor> { ["count"] = _count };

    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        using var span = TensorSpans.Open<float>(_count);
        span.Values[0] = TensorSpans.ToArray<float>(state["count"])[0];
    }

    public void Export(long stepsDone) => Exports.Add(stepsDone);

    public void DrawGrid(long stepsDone) => Grids.Add(stepsDone);

    public void Dispose()
    {
        _count.Dispose();
        Network.Dispose();
    }
}
