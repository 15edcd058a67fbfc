using System.Numerics;
using Fovea.Core.Errors;
using Fovea.Devices.Compilation;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Models.Circuits;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Tests.Torch;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>The layer with its circuits on a noisy device.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class QuantumConvolutionBackendTests
{
    private const int Channels = 4;
    private const int Qubits = 3;
    private const int Groups = 2;
    private const int Height = 2;
    private const int Width = 3;

    private static DeviceBackend HeavyHex => new(ShippedProfiles.Find("heavy-hex"));

    [Theory]
    [InlineData(Mitigation.None)]
    [InlineData(Mitigation.ZeroNoise)]
    public void Forward_Backend_EqualsItsEngineAtEveryPosition(Mitigation mitigation)
    {
        using var layer = Layer();
        var backend = new DeviceBackend(ShippedProfiles.Find("heavy-hex"), new ExecutionOptions { Mitigation = mitigation });
        layer.Backend = backend;
        var input = Networks.Normal(3, 1, Channels, Height, Width);
        var actual = Outputs(layer, input);
        var values = TensorSpans.ToArray<float>(input);
        for (var at = 0; at < Height * Width; at++)
        {
            var expected = ByHand(
                layer, backend.CreateEngine<double>(layer.Circuit), [.. Enumerable.Range(0, Channels).Select(c => (double)values[c * Height * Width + at])]);
            // float32 against double through two matrix products and the circuit; Richardson's coefficients sum to 3.5 times that.
            for (var channel = 0; channel < Channels; channel++) Assert.Equal(expected[channel], actual[channel * Height * Width + at], 2e-5);
        }
    }

    /// <summary>The outermost reference: density matrices of the compiled circuit, which share nothing with the layer's engine.</summary>
    [Fact]
    public void Forward_Backend_EqualsTheDensityMatrix()
    {
        using var layer = Layer();
        layer.Backend = HeavyHex;
        var input = Networks.Normal(3, 1, Channels, 1, 1);
        var actual = Outputs(layer, input);
        var engine = new DensityMatrixEngine(new DeviceCompiler(ShippedProfiles.Find("heavy-hex")).Compile(layer.Circuit).Noisy);
        var expected = ByHand(layer, engine, [.. TensorSpans.ToArray<float>(input).Select(v => (double)v)]);
        // As above.
        for (var channel = 0; channel < Channels; channel++) Assert.Equal(expected[channel], actual[channel], 1e-5);
    }

    [Theory]
    [InlineData(Mitigation.None)]
    [InlineData(Mitigation.ZeroNoise)]
    public void Backward_BackendInFloat64_EqualsCentralDifferences(Mitigation mitigation)
    {
        using var layer = Layer();
        layer.to(ScalarType.Float64);
        layer.Backend = new DeviceBackend(ShippedProfiles.Find("square-lattice"), new ExecutionOptions { Mitigation = mitigation });
        var input = nn.Parameter(Networks.Normal(3, 1, Channels, 2, 1).to(ScalarType.Float64));
        var cotangent = Networks.Normal(4, 1, Channels, 2, 1).to(ScalarType.Float64);
        double Loss() => CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            return layer.call(input).mul(cotangent).sum().item<double>();
        });
        using (NewDisposeScope()) SpanAutograd.Backward(layer.call(input).mul(cotangent).sum());

        foreach (var (name, parameter) in layer.named_parameters().Append(("input", input)))
        {
            var gradient = TensorSpans.ToArray<double>(parameter.grad!);
            Assert.Contains(gradient, g => Math.Abs(g) > 1e-4);
            for (var i = 0; i < gradient.Length; i++)
            {
                // Central differences at h = 1e-5 err by about 1e-10 (h²·f‴/6) and 1e-11 (rounding), for a loss of order 10.
                const double H = 1e-5;
                var difference = (Shifted(parameter, i, H, Loss) - Shifted(parameter, i, -H, Loss)) / (2 * H);
                Assert.True(Math.Abs(difference - gradient[i]) < 1e-7, $"{name}[{i}]: gradient {gradient[i]:R}, difference {difference:R}");
            }
        }
    }

    [Fact]
    public void Backend_SetAndRemoved_GivesTheIdealBitsAgain()
    {
        using var layer = Layer();
        var input = Networks.Normal(3, 2, Channels, Height, Width);
        var ideal = Outputs(layer, input);
        layer.Backend = HeavyHex;
        var noisy = Outputs(layer, input);
        Assert.Contains(ideal.Zip(noisy), pair => Math.Abs(pair.First - pair.Second) > 1e-3);
        Assert.Equal(noisy, Outputs(layer, input));
        layer.Backend = new DeviceBackend(ShippedProfiles.Find("trapped-ion"));
        Assert.NotEqual(noisy, Outputs(layer, input));
        layer.Backend = null;
        Assert.Equal(ideal, Outputs(layer, input));
        Assert.Equal(5 * 2 * Height * Width * Groups, layer.CircuitsEvaluated);
    }

    [Fact]
    public void Backend_WeightsOfTheirOwnForEachGroup_HaveAnEngineEachThatIsKept()
    {
        var backend = new CountingBackend(HeavyHex);
        using var layer = Layer(shared: false);
        layer.Backend = backend;
        var input = Networks.Normal(3, 2, Channels, Height, Width);
        Assert.Equal(Outputs(layer, input), Outputs(layer, input));
        Assert.Equal(Groups, backend.Engines);
    }

    [Fact]
    public void Backend_OnALayerThatPrefersTensors_Computes()
    {
        var input = Networks.Normal(3, 1, Channels, Height, Width);
        using var plain = Layer();
        using var tensors = Layer(prefersTensors: true);
        (plain.Backend, tensors.Backend) = (HeavyHex, HeavyHex);
        Assert.Equal(Outputs(plain, input), Outputs(tensors, input));
        Assert.False(tensors.UsedTensors);
    }

    [Fact]
    public void StateDict_WithABackend_IsUnchanged()
    {
        using var layer = Layer();
        Dictionary<string, float[]> State() => layer.state_dict().ToDictionary(item => item.Key, item => TensorSpans.ToArray<float>(item.Value));
        var before = State();
        layer.Backend = HeavyHex;
        Outputs(layer, Networks.Normal(3, 1, Channels, 1, 1));
        Assert.Equal(["expand.bias", "expand.weight", "project.bias", "project.weight", "scale", "weights"], before.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(before, State());
    }

    [Fact]
    public void Backward_FiniteShots_EstimatesTheGradient()
    {
        using var layer = Layer();
        layer.Backend = new DeviceBackend(ShippedProfiles.Find("heavy-hex"), new ExecutionOptions { Shots = 50 });
        var input = Networks.Normal(3, 1, Channels, 1, 1);
        Assert.Equal(Outputs(layer, input), Outputs(layer, input));
        using var scope = NewDisposeScope();
        var loss = layer.call(nn.Parameter(input)).sum();
        SpanAutograd.Backward(loss);
        Assert.All(layer.Weights.grad!.data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Contains(layer.Weights.grad!.data<float>().ToArray(), value => value != 0);
    }

    [Fact]
    public void Forward_DeviceThatCannotRunTheCircuit_IsOneLine()
    {
        using var layer = Layer(reupload: true);
        layer.Backend = HeavyHex;
        using var scope = NewDisposeScope();
        var failure = Assert.Throws<InputException>(() => layer.call(Networks.Normal(3, 1, Channels, 1, 1)));
        Assert.StartsWith("device heavy-hex: ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static QuantumConvolution Layer(bool prefersTensors = false, bool reupload = false, bool shared = true)
    {
        var circuit = new QuantumLayerSpec { Qubits = Qubits, Layers = 2, Ansatz = "strongly-entangling", Reupload = reupload };
        var layer = new QuantumConvolution(Channels, new QuantumOptions { Circuit = circuit, Groups = Groups, Shared = shared }) { PrefersTensors = prefersTensors };
        SeededInitialization.Apply(layer, 8);
        Networks.Perturb(layer);
        return layer;
    }

    private sealed class CountingBackend(ICircuitBackend inner) : ICircuitBackend
    {
        public int Engines { get; private set; }

        public IExpectationEngine<T> CreateEngine<T>(Circuit circuit)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Engines++;
            return inner.CreateEngine<T>(circuit);
        }
    }

    private static float[] Outputs(QuantumConvolution layer, Tensor input) => CollectionPause.Run(() =>
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return TensorSpans.ToArray<float>(layer.call(input));
    });

    private static double Shifted(Tensor parameter, int element, double shift, Func<double> loss)
    {
        double original;
        using (var span = TensorSpans.Open<double>(parameter)) (original, span.Values[element]) = (span.Values[element], span.Values[element] + shift);
        var value = loss();
        using (var span = TensorSpans.Open<double>(parameter)) span.Values[element] = original;
        return value;
    }

    // Group g takes the projections g·qubits … g·qubits + qubits − 1, wire i of it the i-th of those.
    private static double[] ByHand(QuantumConvolution layer, IExpectationEngine<double> engine, double[] pixel)
    {
        var weights = layer.named_parameters()
            .ToDictionary(p => p.name, p => TensorSpans.ToArray<float>(p.parameter).Select(v => (double)v).ToArray());
        var expectations = new double[Groups * Qubits];
        var angles = Enumerable.Range(0, Groups * Qubits).Select(row => Math.PI * Math.Tanh(weights["scale"][row]
            * (weights["project.bias"][row] + pixel.Select((value, c) => weights["project.weight"][row * Channels + c] * value).Sum()))).ToArray();
        engine.Forward(angles, weights["weights"], expectations);
        return [.. Enumerable.Range(0, Channels).Select(c => weights["expand.bias"][c]
            + Enumerable.Range(0, Groups * Qubits).Sum(k => weights["expand.weight"][c * Groups * Qubits + k] * expectations[k]))];
    }
}
