using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Laboratory.Resilience;

public sealed class ResilienceStudyTests
{
    private const int Draws = 64;
    private const double StandardErrors = 5;

    [Fact]
    public void Depolarizing_RelativeError_EqualsTheDensityMatrix()
    {
        var noise = new DepolarizingNoise(0.003, 0.03);
        var circuit = new AnsatzSubject(AnsatzRegistry.Get("sel"), 3, 2).WithEncoding();
        var estimate = new ResilienceStudy(9, new(Draws, Draws, 0)).Under(noise, circuit);
        var exact = Exact(noise.On(circuit), 9);
        Assert.Equal(exact, estimate.RelativeError!.Value.Value, StandardErrors * estimate.RelativeError.Value.StandardError);
        Assert.InRange(estimate.RelativeError.Value.RelativeError, 0.001, 0.1);
    }

    [Theory]
    [InlineData("heavy-hex")]
    [InlineData("square-lattice")]
    [InlineData("trapped-ion")]
    public void Profile_RelativeError_EqualsTheDensityMatrixOfTheCompiledCircuit(string name)
    {
        var profile = ShippedProfiles.Load(name);
        var circuit = new AnsatzSubject(AnsatzRegistry.Get("ese1-recon"), 3, 2).WithEncoding();
        var estimate = new ResilienceStudy(4, new(Draws, Draws, 0)).Under(profile, circuit);
        var compiled = new DeviceCompiler(profile).Compile(circuit);
        var exact = Exact(compiled.Noisy, 4);
        Assert.Equal(exact, estimate.RelativeError!.Value.Value, StandardErrors * estimate.RelativeError.Value.StandardError);
        Assert.Equal(compiled.Report, estimate.Compiled);
        Assert.InRange(estimate.Fidelity!.Value.Value, 0.5, 1);
    }

    [Fact]
    public void NoNoise_HasNoError()
    {
        var circuit = new AnsatzSubject(AnsatzRegistry.Get("sel"), 3, 1).WithEncoding();
        var estimate = new ResilienceStudy(1, new(16, 16, 0)).Under(new DepolarizingNoise(0, 0), circuit);
        Assert.Equal(0, estimate.RelativeError!.Value.Value, 1e-9);
        Assert.Equal(1, estimate.Fidelity!.Value.Value, 1e-12);
    }

    [Fact]
    public void MoreNoise_IsWorse()
    {
        var circuit = new AnsatzSubject(AnsatzRegistry.Get("ese2-recon"), 4, 2).WithEncoding();
        var study = new ResilienceStudy(1, new(Draws, Draws, 0));
        var levels = new[] { 0.002, 0.02, 0.2 }.Select(p => study.Under(new DepolarizingNoise(p / 10, p), circuit)).ToArray();
        Assert.Equal(levels.OrderBy(level => level.RelativeError!.Value.Value), levels);
        Assert.Equal(levels.OrderByDescending(level => level.Fidelity!.Value.Value), levels);
    }

    [Fact]
    public void CircuitTooLargeForADevice_IsRefusedWithTheReason()
    {
        var profile = ShippedProfiles.Load("heavy-hex");
        var circuit = new AnsatzSubject(AnsatzRegistry.Get("ese2-recon"), profile.Qubits.Length + 1, 1).WithEncoding();
        var refused = new ResilienceStudy(1, new(8, 8, 0)).Under(profile, circuit);
        Assert.Null(refused.RelativeError);
        Assert.Contains("27 qubit(s)", refused.Refusal, StringComparison.Ordinal);
    }

    /// <summary>The root of the ratio of mean squares over the same draws as the study's.</summary>
    private static double Exact(NoisyCircuit noisy, ulong seed)
    {
        var circuit = noisy.Circuit;
        var (engine, ideal) = (new DensityMatrixEngine(noisy), new ReferenceEngine(circuit));
        var (x, w) = (new double[circuit.InputCount], new double[circuit.WeightCount]);
        var (z, z0) = (new double[circuit.Observables.Length], new double[circuit.Observables.Length]);
        var (error, size) = (0.0, 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            new ParameterDraws(circuit, seed).Fill(draw, 1, x, w);
            engine.Forward(x, w, z);
            ideal.Forward(x, w, z0);
            error += z.Zip(z0, (a, b) => (a - b) * (a - b)).Sum();
            size += z0.Sum(value => value * value);
        }

        return Math.Sqrt(error / size);
    }
}
