using Fovea.Core.Errors;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Shots;

namespace Fovea.Tests.Devices.Execution;

public class CircuitRunnerTests
{
    private static readonly Circuit Entangled = new CircuitBuilder(3)
        .RY(Angle.Constant(0.4), 0).RX(Angle.Constant(1.1), 1).RY(Angle.Constant(2.3), 2)
        .CNOT(0, 1).CNOT(1, 2).RY(Angle.Constant(0.7), 1).CNOT(0, 2)
        .Build();

    public static TheoryData<string> Profiles => [.. ShippedProfiles.Names];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Run_EveryMethod_Agrees(string profile)
    {
        var request = new CircuitRunRequest { Profile = ShippedProfiles.Find(profile) };
        var exact = new CircuitRunner(Entangled, request).Run();
        var density = new CircuitRunner(Entangled, request with { Method = SimulationMethod.DensityMatrix }).Run();
        var estimate = new CircuitRunner(Entangled, request with { Method = SimulationMethod.Trajectories, Trajectories = 2000 }).Run();
        Assert.Contains("trigonometric", exact.Method, StringComparison.Ordinal);
        for (var output = 0; output < 3; output++)
        {
            // Both are exact in double precision.
            Assert.Equal(density.Values[output], exact.Values[output], 1e-10);
            // Five standard errors: once in two million.
            Assert.InRange(estimate.Values[output] - exact.Values[output], -5 * estimate.StandardErrors[output], 5 * estimate.StandardErrors[output]);
        }
    }

    [Theory]
    [InlineData(null, Mitigation.None)]
    [InlineData(SimulationMethod.DensityMatrix, Mitigation.None)]
    [InlineData(SimulationMethod.Trajectories, Mitigation.None)]
    [InlineData(null, Mitigation.Readout)]
    [InlineData(null, Mitigation.ZeroNoise)]
    public void Run_Shots_ScatterAroundTheExactValues(SimulationMethod? method, Mitigation mitigation)
    {
        var options = new ExecutionOptions { Mitigation = mitigation, Seed = 3 };
        var request = new CircuitRunRequest { Profile = ShippedProfiles.Find("heavy-hex"), Options = options };
        var exact = new CircuitRunner(Entangled, request).Run();
        var drawn = new CircuitRunner(Entangled, request with { Method = method, Options = options with { Shots = 4000 } }).Run();
        Assert.Equal(4000, drawn.Counts!.Shots);
        Assert.Equal([0, 1, 2], drawn.Counts.Wires);
        for (var output = 0; output < 3; output++)
        {
            var error = drawn.StandardErrors[output];
            Assert.InRange(drawn.Values[output] - exact.Values[output], -5 * error, 5 * error);
            if (mitigation == Mitigation.None)
                Assert.Equal(Math.Sqrt((1 - (drawn.Values[output] * drawn.Values[output])) / 4000), error, 1e-12);
        }
    }

    [Fact]
    public void Run_ExtrapolationWithoutADevice_IsRefused() => Assert.Contains(
        "needs a device, whose gates it folds",
        Assert.Throws<InputException>(() => new CircuitRunner(
            Entangled, new CircuitRunRequest { Options = new() { Mitigation = Mitigation.ZeroNoise, Shots = 100 } }).Run()).Message,
        StringComparison.Ordinal);

    // It scatters as any other; an error of 0 would say that it does not.
    [Fact]
    public void Run_OneShot_SaysNothingOfItsError()
    {
        var drawn = new CircuitRunner(Entangled, new CircuitRunRequest { Options = new ExecutionOptions { Shots = 1 } }).Run();
        Assert.All(drawn.Values, value => Assert.Equal(1, Math.Abs(value)));
        Assert.All(drawn.StandardErrors, error => Assert.Equal(double.NaN, error));
    }

    [Fact]
    public void Run_MeasuredStrings_AreReadByLogicalWires()
    {
        // |011⟩, with wire 1 not looked at: routing moves wires on the device, the letters stay the circuit's.
        var circuit = new Circuit(3, 0, 0, [new(GateKind.X, [1]), new(GateKind.X, [2])], [Observable.Z(2), Observable.Z(0)]);
        foreach (var profile in ShippedProfiles.Names.Select(name => ShippedProfiles.Find(name)).Append(null))
        {
            var options = new ExecutionOptions { Shots = 50, NoiseScale = 0 };
            var result = new CircuitRunner(circuit, new() { Profile = profile, Options = options }).Run();
            Assert.Equal([("01", 50)], result.Counts!.Counts);
            Assert.Equal([-1.0, 1.0], result.Values);
        }
    }

    [Fact]
    public void Run_CircuitsThatOneWayRefuses_GoTheNext()
    {
        var wide = new CircuitBuilder(OutcomeDistribution.MaxWires + 1).H(0).CNOT(0, 1).Build();
        var result = new CircuitRunner(wide, new() { Options = new() { Shots = 200 } }).Run();
        Assert.Contains("a trajectory each: the joint distribution", result.Method, StringComparison.Ordinal);
        var exact = new CircuitRunRequest { Options = new() { Shots = 200 }, Method = SimulationMethod.Exact };
        Assert.Contains("trajectories take it", Assert.Throws<InputException>(() => new CircuitRunner(wide, exact).Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ZeroNoise_ComesNearerToTheIdeal()
    {
        var request = new CircuitRunRequest { Profile = ShippedProfiles.Find("square-lattice") };
        var ideal = new CircuitRunner(Entangled, new()).Run();
        var plain = new CircuitRunner(Entangled, request).Run();
        var mitigated = new CircuitRunner(Entangled, request with { Options = new() { Mitigation = Mitigation.ZeroNoise } }).Run();
        Assert.Equal(3, mitigated.Inserted.Length);
        double Distance(CircuitRunResult result) => result.Values.Zip(ideal.Values, (a, b) => Math.Abs(a - b)).Sum();
        Assert.True(Distance(mitigated) < Distance(plain));
    }

    [Fact]
    public void Run_OpenOrTooLarge_IsOneLine()
    {
        var open = new CircuitBuilder(1).RX(Angle.Input(0), 0).Build();
        Assert.Contains("bind them first", Assert.Throws<InputException>(() => new CircuitRunner(open, new()).Run()).Message, StringComparison.Ordinal);
        var wide = new CircuitBuilder(21).H(0).Build();
        foreach (var method in new[] { SimulationMethod.DensityMatrix, SimulationMethod.Trajectories })
        {
            Assert.Contains(
                "21", Assert.Throws<InputException>(() => new CircuitRunner(wide, new() { Method = method }).Run()).Message, StringComparison.Ordinal);
        }
    }
}
