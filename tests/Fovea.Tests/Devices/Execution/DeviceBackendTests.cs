using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Devices.Compilation;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.Planning;
using Fovea.Tests.Devices.Compilation;
using Fovea.Tests.Quantum;
using Fovea.Tests.Quantum.Noise;

namespace Fovea.Tests.Devices.Execution;

public sealed class DeviceBackendTests
{
    // Both sides are double precision; a few hundred operations of rounding each.
    private const double Tolerance = 1e-10;
    private const int Wires = 4;
    private const int Batch = 2;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var profile in ShippedProfiles.Names)
            {
                data.Add(profile, "ese2-recon");
                data.Add(profile, "sel");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CreateEngine_ShippedProfile_EqualsTheDensityMatrixOfTheCompiledCircuit(string name, string ansatz)
    {
        var (profile, circuit) = (ShippedProfiles.Find(name), Layer(ansatz));
        var (inputs, weights, cotangents) = Numbers(circuit);
        // One scale each: gradients by the density matrix take seconds.
        var scale = ansatz == "sel" ? 1 : 4;
        var compiled = new DeviceCompiler(profile, new CompilationOptions { NoiseScale = scale }).Compile(circuit);
        var expected = EngineRun.Run(new DensityMatrixEngine(compiled.Noisy), inputs, weights, cotangents);
        var backend = new DeviceBackend(profile, new ExecutionOptions { NoiseScale = scale });
        var actual = EngineRun.Run(backend.CreateEngine<double>(circuit), inputs, weights, cotangents);
        AssertClose(expected, actual, $"scale {scale}");
    }

    [Fact]
    public void Trigonometric_RandomCompiledCircuits_EqualsTheDensityMatrix()
    {
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var wires = 1 + ((int)seed % Wires);
            var problem = RandomNoise.Create(wires, 12, seed, inputsFirst: true);
            var circuit = problem.Noisy.Circuit;
            circuit = new Circuit(wires, circuit.InputCount, circuit.WeightCount, circuit.Operations);
            var noisy = new DeviceCompiler(RandomDevice.Create(wires, seed), new CompilationOptions { Trials = 2 }).Compile(circuit).Noisy;
            var cotangents = RandomCircuit.Numbers(new CounterRandom(seed, 4), RandomNoise.Batch * wires, 1);
            var expected = EngineRun.Run(new DensityMatrixEngine(noisy), problem.Inputs, problem.Weights, cotangents);
            var actual = EngineRun.Run(new TrigonometricEngine<double>(noisy), problem.Inputs, problem.Weights, cotangents);
            AssertClose(expected, actual, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("ese2-recon", Mitigation.None)]
    [InlineData("sel", Mitigation.ZeroNoise)]
    public void CreateEngine_NoiseScaleZero_IsThePlannersEngineBitForBit(string ansatz, Mitigation mitigation)
    {
        var circuit = Layer(ansatz);
        var (inputs, weights, cotangents) = Numbers(circuit);
        var backend = new DeviceBackend(ShippedProfiles.Find("heavy-hex"), new ExecutionOptions { NoiseScale = 0, Mitigation = mitigation });
        AssertSame(
            EngineRun.Run(new EnginePlanner(isDouble: true).Plan(circuit).CreateEngine<double>(), inputs, weights, cotangents),
            EngineRun.Run(backend.CreateEngine<double>(circuit), inputs, weights, cotangents));
        var (x, w, c) = (EngineRun.Cast<float>(inputs), EngineRun.Cast<float>(weights), EngineRun.Cast<float>(cotangents));
        AssertSame(
            EngineRun.Run(new EnginePlanner().Plan(circuit).CreateEngine<float>(), x, w, c),
            EngineRun.Run(backend.CreateEngine<float>(circuit), x, w, c));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CreateEngine_MoreNoise_IsFurtherFromTheIdealValues(string name, string ansatz)
    {
        var circuit = Layer(ansatz);
        var (inputs, weights, _) = Numbers(circuit);
        double Error(double scale) => Distance(
            Ideal(circuit, inputs, weights), Values(ShippedProfiles.Find(name), new() { NoiseScale = scale }, circuit, inputs, weights));
        var (one, two) = (Error(1), Error(2));
        Assert.True(one > 2e-3 && two > one, $"{one} {two}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compile_AnyNoiseScale_HasTheSameLayoutAndGates(string name, string ansatz)
    {
        var circuit = Layer(ansatz);
        CompiledCircuit Compile(double scale) => new DeviceBackend(ShippedProfiles.Find(name), new ExecutionOptions { NoiseScale = scale }).Compile(circuit);
        var device = Compile(1);
        Assert.True(device.Report.NoiseOperations > 0);
        foreach (var scale in new[] { 0, 0.25, 4, 1000 })
        {
            var other = Compile(scale);
            Assert.Equal(device.Qubits, other.Qubits);
            Assert.Equal(device.InitialWires, other.InitialWires);
            Assert.Equal(device.FinalWires, other.FinalWires);
            Assert.Equal(device.Noisy.Circuit.ToString(), other.Noisy.Circuit.ToString());
            Assert.Equal(device.Report with { NoiseOperations = 0 }, other.Report with { NoiseOperations = 0 });
            Assert.Equal(scale == 0, other.Noisy.IsIdeal);
        }
    }

    [Fact]
    public void Compile_SameCircuitTwice_IsCompiledOnce()
    {
        var backend = new DeviceBackend(TestDevices.Line(Wires, EntanglingGate.CZ));
        Assert.Same(backend.Compile(Layer("sel")), backend.Compile(Layer("sel")));
        Assert.NotSame(backend.Compile(Layer("sel")), backend.Compile(Layer("ese2-recon")));
    }

    /// <summary>Z reads as contrast · Z + offset on the qubit that holds the wire at the end.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void CreateEngine_ReadoutMitigation_IsTheCircuitWithoutReadoutError(string name, string ansatz)
    {
        var (profile, circuit) = (ShippedProfiles.Find(name), Layer(ansatz));
        var (inputs, weights, _) = Numbers(circuit);
        var read = Values(profile, new(), circuit, inputs, weights);
        var mitigated = Values(profile, new() { Mitigation = Mitigation.Readout }, circuit, inputs, weights);
        var compiled = new DeviceBackend(profile).Compile(circuit);
        for (var k = 0; k < read.Length; k++)
        {
            var readout = profile.Qubits[compiled.Qubits[compiled.FinalWires[k % Wires]]].Readout;
            Assert.Equal((read[k] - readout.Offset) / readout.Contrast, mitigated[k], Tolerance);
        }

        Assert.True(Distance(read, mitigated) > 1e-3);
    }

    [Theory]
    [InlineData("trapped-ion", "sel")]
    [InlineData("trapped-ion", "ese2-recon")]
    [InlineData("heavy-hex", "sel")]
    [InlineData("heavy-hex", "ese2-recon")]
    public void CreateEngine_ZeroNoise_ReducesTheError(string name, string ansatz)
    {
        var (profile, circuit) = (WithReadout(ShippedProfiles.Find(name), ReadoutError.None), Layer(ansatz));
        var (inputs, weights, _) = Numbers(circuit);
        var ideal = Ideal(circuit, inputs, weights);
        var device = Distance(ideal, Values(profile, new(), circuit, inputs, weights));
        var extrapolated = Distance(ideal, Values(profile, new() { Mitigation = Mitigation.ZeroNoise }, circuit, inputs, weights));
        // What is left is the noise of the pulses, which folding does not multiply.
        Assert.True(extrapolated < 0.7 * device, $"{extrapolated} of {device}");
    }

    [Fact]
    public void CreateEngine_ZeroNoise_IsRichardsonOfFoldedCircuitsWithGradients()
    {
        var (profile, circuit) = (ShippedProfiles.Find("square-lattice"), Layer("ese2-recon"));
        var (inputs, weights, cotangents) = Numbers(circuit);
        EngineResult<double> Folded(int fold) => EngineRun.Run(
            new DensityMatrixEngine(new DeviceCompiler(profile, new CompilationOptions { FoldingFactor = fold }).Compile(circuit).Noisy),
            inputs, weights, cotangents);
        var (one, three, five) = (Folded(1), Folded(3), Folded(5));
        // Richardson at 1, 3 and 5 by hand: 15/8, −10/8, 3/8.
        double[] Combine(Func<EngineResult<double>, double[]> part) =>
            [.. Enumerable.Range(0, part(one).Length).Select(k => ((15 * part(one)[k]) - (10 * part(three)[k]) + (3 * part(five)[k])) / 8)];
        var backend = new DeviceBackend(profile, new ExecutionOptions { Mitigation = Mitigation.ZeroNoise });
        var actual = EngineRun.Run(backend.CreateEngine<double>(circuit), inputs, weights, cotangents);
        AssertClose(new(Combine(r => r.Expectations), Combine(r => r.InputGradients), Combine(r => r.WeightGradients)), actual, "Richardson");
    }

    [Theory]
    [InlineData(1, Mitigation.None)]
    [InlineData(1, Mitigation.Readout)]
    [InlineData(0, Mitigation.None)]
    public void CreateEngine_Shots_AverageToTheExactValues(double scale, Mitigation mitigation)
    {
        const int shots = 200;
        const int repetitions = 60;
        var (profile, circuit) = (ShippedProfiles.Find("heavy-hex"), Layer("ese2-recon"));
        var (inputs, weights, _) = Numbers(circuit);
        var options = new ExecutionOptions { NoiseScale = scale, Mitigation = mitigation };
        var exact = Values(profile, options, circuit, inputs, weights);
        var runs = Enumerable.Range(0, repetitions)
            .Select(seed => Values(profile, options with { Shots = shots, Seed = (ulong)seed }, circuit, inputs, weights)).ToList();
        for (var k = 0; k < exact.Length; k++)
        {
            var mean = runs.Average(run => run[k]);
            var variance = runs.Sum(run => (run[k] - mean) * (run[k] - mean)) / (repetitions - 1);
            // About that of the binomial, more with an inverted readout: a value that does not vary with the seed is no estimate.
            Assert.True(variance > 0.3 * (1 - (exact[k] * exact[k])) / shots, $"variance {variance}");
            // Five standard errors; the seeds are fixed.
            Assert.Equal(exact[k], mean, 5 * Math.Sqrt(variance / repetitions));
        }
    }

    [Theory]
    [InlineData(Mitigation.None)]
    [InlineData(Mitigation.Readout)]
    [InlineData(Mitigation.ZeroNoise)]
    public void CreateEngine_ShotsOfASeed_AreReproducible(Mitigation mitigation)
    {
        var (profile, circuit) = (ShippedProfiles.Find("trapped-ion"), Layer("ese2-recon"));
        var (inputs, weights, _) = Numbers(circuit);
        double[] Run(ulong seed) => Values(profile, new() { Shots = 100, Seed = seed, Mitigation = mitigation }, circuit, inputs, weights);
        Assert.Equal(Run(3), Run(3));
        Assert.NotEqual(Run(3), Run(4));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(1, 100)]
    [InlineData(0, 100)]
    public void CreateEngine_Reuploading_IsRefusedInOneLine(double scale, int? shots)
    {
        var circuit = new QuantumLayerSpec { Qubits = Wires, Layers = 2, Reupload = true }.BuildCircuit();
        AssertRefused(circuit, ShippedProfiles.Find("heavy-hex"), new() { NoiseScale = scale, Shots = shots }, "device heavy-hex: ", "input");
    }

    [Fact]
    public void CreateEngine_ReuploadingWithoutNoise_IsIdeal()
    {
        var circuit = new QuantumLayerSpec { Qubits = Wires, Layers = 2, Reupload = true }.BuildCircuit();
        var (inputs, weights, _) = Numbers(circuit);
        Assert.Equal(Ideal(circuit, inputs, weights), Values(ShippedProfiles.Find("heavy-hex"), new() { NoiseScale = 0 }, circuit, inputs, weights));
    }

    [Fact]
    public void CreateEngine_FewerQubitsThanWires_IsRefusedInOneLine() =>
        AssertRefused(Layer("sel"), TestDevices.Line(3, EntanglingGate.CZ), new(), "device line-3: it has 3 qubit(s), the circuit needs 4");

    [Fact]
    public void CreateEngine_MoreWiresThanJointOutcomes_IsRefusedInOneLine() => AssertRefused(
        new QuantumLayerSpec { Qubits = 10, Layers = 1 }.BuildCircuit(),
        ShippedProfiles.Find("trapped-ion"), new() { Shots = 10 }, "device trapped-ion: ", "at most 9 wires");

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void CreateEngine_MitigationOfABlindReadout_IsRefusedInOneLine(int? shots) => AssertRefused(
        Layer("sel"),
        WithReadout(ShippedProfiles.Find("trapped-ion"), new(0.5, 0.5)),
        new() { Shots = shots, Mitigation = Mitigation.Readout },
        "device trapped-ion: ", "wrong half of the time");

    [Theory]
    [InlineData(-0.5, null, "noise scale -0.5 is not allowed; allowed: a number from 0 to 1000")]
    [InlineData(double.NaN, null, "noise scale NaN is not allowed; allowed: a number from 0 to 1000")]
    [InlineData(double.PositiveInfinity, null, "is not allowed; allowed: a number from 0 to 1000")]
    [InlineData(1001, null, "noise scale 1001 is not allowed")]
    [InlineData(1, 0, "shots = 0 is not allowed; allowed: 1 to 10000000")]
    [InlineData(1, -5, "shots = -5 is not allowed")]
    [InlineData(1, 10_000_001, "shots = 10000001 is not allowed")]
    public void Constructor_SettingOutOfRange_IsRefusedInOneLine(double scale, int? shots, string message)
    {
        var failure = Assert.Throws<InputException>(
            () => new DeviceBackend(ShippedProfiles.Find("heavy-hex"), new ExecutionOptions { NoiseScale = scale, Shots = shots }));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static Circuit Layer(string ansatz) => new QuantumLayerSpec { Qubits = Wires, Layers = 2, Ansatz = ansatz }.BuildCircuit();

    private static (double[] Inputs, double[] Weights, double[] Cotangents) Numbers(Circuit circuit)
    {
        var random = new CounterRandom(6, 2);
        return (
            RandomCircuit.Numbers(random, Batch * circuit.InputCount, Math.PI),
            RandomCircuit.Numbers(random, circuit.WeightCount, Math.PI),
            RandomCircuit.Numbers(random, Batch * circuit.Observables.Length, 1));
    }

    private static double[] Values(DeviceProfile profile, ExecutionOptions options, Circuit circuit, double[] inputs, double[] weights)
    {
        var values = new double[Batch * circuit.Observables.Length];
        new DeviceBackend(profile, options).CreateEngine<double>(circuit).Forward(inputs, weights, values);
        return values;
    }

    private static double[] Ideal(Circuit circuit, double[] inputs, double[] weights)
    {
        var values = new double[Batch * circuit.Observables.Length];
        new EnginePlanner(isDouble: true).Plan(circuit).CreateEngine<double>().Forward(inputs, weights, values);
        return values;
    }

    private static DeviceProfile WithReadout(DeviceProfile profile, ReadoutError readout) =>
        profile with { Qubits = [.. profile.Qubits.Select(qubit => qubit with { Readout = readout })] };

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Average());

    private static void AssertClose(EngineResult<double> expected, EngineResult<double> actual, string what)
    {
        EngineRun.AssertClose(expected.Expectations, actual.Expectations, Tolerance, $"{what}: expectations");
        EngineRun.AssertClose(expected.InputGradients, actual.InputGradients, Tolerance, $"{what}: input gradients");
        EngineRun.AssertClose(expected.WeightGradients, actual.WeightGradients, Tolerance, $"{what}: weight gradients");
    }

    private static void AssertSame<T>(EngineResult<T> expected, EngineResult<T> actual)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Expectations, actual.Expectations);
        Assert.Equal(expected.InputGradients, actual.InputGradients);
        Assert.Equal(expected.WeightGradients, actual.WeightGradients);
    }

    private static void AssertRefused(Circuit circuit, DeviceProfile profile, ExecutionOptions options, params string[] parts)
    {
        var failure = Assert.Throws<InputException>(() => new DeviceBackend(profile, options).CreateEngine<float>(circuit));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
