using Fovea.Core.Errors;
using Fovea.Torch.Modules;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Training;

[Collection(nameof(MemoryMeasurements))]
public sealed class MuonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Five steps of the quintic act on each singular value alone: U·p(p(p(p(p(S/|S|)))))·Vᵀ by a singular value decomposition.
    [Theory]
    [InlineData(6, 6)]
    [InlineData(5, 12)]
    [InlineData(12, 5)]
    public void Orthogonalize_AnyShape_KeepsTheVectorsAndEvensOutTheValues(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var matrix = randn([rows, columns], ScalarType.Float64, generator: generator);
        var (left, values, right) = linalg.svd(matrix, false);
        var norm = Math.Sqrt(Doubles(values).Sum(v => v * v));
        var evened = Doubles(values).Select(v => Enumerable.Range(0, 5).Aggregate(v / norm, (x, _) => x * (3.4445 + x * x * (-4.7750 + x * x * 2.0315))))
            .ToArray();
        var expected = left.mm(diag(tensor(evened))).mm(right);
        var result = Muon.Orthogonalize(matrix);
        Assert.Equal([rows, columns], result.shape);
        Assert.All(Doubles(expected).Zip(Doubles(result)), p => Assert.Equal(p.First, p.Second, 1e-10));
        Assert.All(evened, v => Assert.InRange(v, 0.6, 1.25));
        // Neither scale nor side matters.
        Assert.All(Doubles(result).Zip(Doubles(Muon.Orthogonalize(matrix.mul(1000)))), p => Assert.Equal(p.First, p.Second, 1e-10));
        Assert.All(Doubles(result).Zip(Doubles(Muon.Orthogonalize(matrix.t()).t().contiguous())), p => Assert.Equal(p.First, p.Second, 1e-10));
    }

    [Fact]
    public void Orthogonalize_NothingButZeros_IsZero()
    {
        using var scope = NewDisposeScope();
        Assert.All(Doubles(Muon.Orthogonalize(zeros(3, 4, ScalarType.Float64))), value => Assert.Equal(0, value));
    }

    // Two steps by hand: M = 0.95·M + G, then p ← (1 − rate·decay)·p − rate·0.2·√max(rows, columns)·O(0.95·M + G), with a convolution as a matrix of a row an
    // output.
    [Fact]
    public void Step_Convolution_FollowsTheRule()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var parameter = new Parameter(randn([4, 3, 2, 2], ScalarType.Float64, generator: generator));
        using var optimizer = new Muon([("w", parameter)], weightDecay: 0.1);
        var (expected, momentum) = (parameter.detach().clone(), zeros_like(parameter));
        for (var step = 0; step < 2; step++)
        {
            var gradient = randn([4, 3, 2, 2], ScalarType.Float64, generator: generator);
            parameter.grad = gradient.clone();
            optimizer.Step(0.01);
            momentum = momentum * 0.95 + gradient;
            var update = Muon.Orthogonalize((momentum * 0.95 + gradient).reshape(4, 12)).reshape(4, 3, 2, 2);
            expected = expected * (1 - 0.01 * 0.1) - update * (0.01 * 0.2 * Math.Sqrt(12));
        }

        Assert.All(Doubles(expected).Zip(Doubles(parameter.detach())), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void SaveThenLoadState_ContinuedTraining_IsBitIdentical()
    {
        using var network = Network();
        using var optimizer = new Muon(Matrices(network));
        Train(network, optimizer, 0, 4);
        SafetensorsFile.Save(_folder.File("state"), optimizer.State());
        ModuleWeights.Save(network, _folder.File("model"));
        Train(network, optimizer, 4, 8);

        using var second = Network();
        using var resumed = new Muon(Matrices(second));
        ModuleWeights.LoadInto(second, _folder.File("model"));
        using (NewDisposeScope())
        using (var content = SafetensorsFile.Load(_folder.File("state"))) resumed.LoadState(content.Tensors, "state");
        Train(second, resumed, 4, 8);
        Assert.Equal(Values(network), Values(second));
    }

    // The rest of the network is AdamW's, and a checkpoint holds both.
    [Fact]
    public void TrainedNetwork_MatricesByMuon_ChangesThemAsMuonAlone()
    {
        using var alone = Network();
        using var muon = new Muon(Matrices(alone));
        using var rest = new Fovea.Torch.Training.AdamW(alone.named_parameters().Where(p => p.parameter.dim() < 2));
        using var together = new TrainedNetwork<Sequential>(
            Network(), 0.9, BatchParts.Whole(11), Network, groupOf: name => new ParameterGroup(Orthogonal: name.EndsWith("weight", StringComparison.Ordinal)));
        for (var step = 0; step < 3; step++)
        {
            together.Step(1e-2, (_, network) => Loss(network, step).backward());
            muon.ClearGradients();
            rest.ClearGradients();
            Loss(alone, step).backward();
            GradientNorm.Clip(alone.parameters(), 1);
            rest.Step(1e-2);
            muon.Step(1e-2);
        }

        foreach (var (name, values) in Values(alone)) Assert.All(values.Zip(Values(together.Network)[name]), p => Assert.Equal(p.First, p.Second, 1e-6));
        Assert.Equal(2, together.State().Keys.Count(key => key.StartsWith("matrices.momentum.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Step_Repeated_KeepsNoTensor()
    {
        using var network = Network();
        using var optimizer = new Muon(Matrices(network));
        Train(network, optimizer, 0, 2);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train(network, optimizer, 2, 20);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Constructor_Vector_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains(
            "'b' has 1 dimensions", Assert.Throws<ArgumentException>(() => new Muon([("b", new Parameter(ones(3)))])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadState_OtherModel_NamesTensorAndShapes()
    {
        using var network = Network();
        using var optimizer = new Muon(Matrices(network));
        var message = Assert.Throws<InputException>(() => optimizer.LoadState(new Dictionary<string, Tensor>(), "x")).Message;
        Assert.Contains("momentum.first.weight", message, StringComparison.Ordinal);
    }

    private static void Train(Sequential network, Muon optimizer, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            optimizer.ClearGradients();
            using (NewDisposeScope()) Loss(network, step).backward();
            optimizer.Step(1e-2);
        }
    }

    private static Tensor Loss(Sequential network, int seed)
    {
        using var generator = new Generator((ulong)seed);
        return network.call(randn([11, 5], generator: generator)).sub(1).pow(2).mean();
    }

    private static Sequential Network()
    {
        var network = nn.Sequential(("first", nn.Linear(5, 7)), ("relu", nn.SiLU()), ("last", nn.Linear(7, 4)));
        SeededInitialization.Apply(network, 1);
        return network;
    }

    private static IEnumerable<(string, Parameter)> Matrices(nn.Module network) => network.named_parameters().Where(p => p.parameter.dim() >= 2);

    private static Dictionary<string, float[]> Values(nn.Module module) =>
        module.named_parameters().ToDictionary(p => p.name, p => TensorSpans.ToArray<float>(p.parameter));

    private static double[] Doubles(Tensor values) => values.cpu().contiguous().data<double>().ToArray();
}
