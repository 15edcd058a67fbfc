using Fovea.Core.Errors;
using Fovea.Devices.Profiles;

namespace Fovea.Tests.Devices.Profiles;

public sealed class DeviceProfileRulesTests
{
    public static TheoryData<string, Func<QubitProperties, QubitProperties>> QubitFaults => new()
    {
        { "t1_us = 0 is not positive; allowed: over 0, inf for no decay", q => q with { T1 = 0 } },
        { "t1_us = nan is not positive; allowed: over 0, inf for no decay", q => q with { T1 = double.NaN } },
        { "t2_us = -1 is not positive; allowed: over 0, inf for no decay", q => q with { T2 = -1e-6 } },
        { "t2_us = 250 is over 2·t1_us = 200; allowed: over 0, at most 2·t1_us", q => q with { T1 = 100e-6, T2 = 250e-6 } },
        { "t2_us = inf is over 2·t1_us = 400; allowed: over 0, at most 2·t1_us", q => q with { T2 = double.PositiveInfinity } },
        { "excited_population = 1.5 is no probability; allowed: 0 to 1", q => q with { ExcitedPopulation = 1.5 } },
        { "pulse_ns = -20 is no duration; allowed: 0 to 1e9, a second", q => q with { Pulse = q.Pulse with { Seconds = -20e-9 } } },
        { "pulse_ns = 300000000000 is no duration; allowed: 0 to 1e9, a second", q => q with { Pulse = q.Pulse with { Seconds = 300 } } },
        { "pulse_ns = inf is no duration; allowed: 0 to 1e9, a second", q => q with { Pulse = q.Pulse with { Seconds = double.PositiveInfinity } } },
        { "pulse_error = nan is no probability; allowed: 0 to 1", q => q with { Pulse = q.Pulse with { Error = double.NaN } } },
        {
            "pulse_over_rotation = -inf is not finite; allowed: an angle in radians",
            q => q with { Pulse = q.Pulse with { OverRotation = double.NegativeInfinity } }
        },
        { "readout_p01 = 1.01 is no probability; allowed: 0 to 1", q => q with { Readout = new(1.01, 0) } },
        { "readout_p10 = -0.01 is no probability; allowed: 0 to 1", q => q with { Readout = new(0, -0.01) } },
    };

    public static TheoryData<string, GateProperties> CouplingFaults => new()
    {
        { "ns = -1 is no duration; allowed: 0 to 1e9, a second", new(-1e-9, 0) },
        { "error = 2 is no probability; allowed: 0 to 1", new(0, 2) },
        { "over_rotation = nan is not finite; allowed: an angle in radians", new(0, 0, double.NaN) },
    };

    [Theory]
    [MemberData(nameof(QubitFaults))]
    public void Problems_WrongQubit_NamesQubitFieldAndAllowed(string problem, Func<QubitProperties, QubitProperties> fault) =>
        AssertProblem($"qubit 2: {problem}", Profiles.WithQubit(2, fault));

    [Theory]
    [MemberData(nameof(CouplingFaults))]
    public void Problems_WrongCoupling_NamesPairFieldAndAllowed(string problem, GateProperties gate) =>
        AssertProblem($"coupling [2, 1]: {problem}", Profiles.Three with { Couplings = [Profiles.Three.Couplings[0], new(2, 1, gate)] });

    [Fact]
    public void Problems_MissingQubit_NamesIt() => AssertProblem(
        "couplings: [1, 3] names qubit 3, which is missing; allowed: 0 to 2", Profiles.WithCouplings((0, 1), (1, 2), (1, 3)));

    [Fact]
    public void Problems_SelfLoop_NamesIt() => AssertProblem(
        "couplings: [2, 2] couples a qubit with itself; allowed: two different qubits", Profiles.WithCouplings((0, 1), (1, 2), (2, 2)));

    [Fact]
    public void Problems_PairTwice_NamesItOnce() => AssertProblem(
        "couplings: [1, 0] is listed twice; allowed: each pair once, in either order", Profiles.WithCouplings((0, 1), (1, 2), (1, 0), (0, 1)));

    [Fact]
    public void Problems_TwoParts_NamesTwoQubits() => AssertProblem(
        "couplings: qubits 0 and 2 cannot reach each other; allowed: a connected coupling map", Profiles.WithCouplings((0, 1)));

    [Fact]
    public void Problems_NoName_SaysSo() => AssertProblem("name is empty; allowed: a short name", Profiles.Three with { Name = " " });

    [Fact]
    public void Problems_NameThatNoFileCanHave_SaysSo() =>
        AssertProblem(
            "name = \"ionq/aria\" is not allowed; allowed: a short name without slashes, colons, quotes, wildcards",
            Profiles.Three with { Name = "ionq/aria" });

    [Fact]
    public void Problems_NoQubits_SaysSo() =>
        AssertProblem("qubits = 0 is not allowed; allowed: a whole number from 1 to 1000", Profiles.Three with { Qubits = [], Couplings = [] });

    [Fact]
    public void Problems_SeveralFaults_ListsEveryOne()
    {
        var profile = Profiles.WithCouplings((0, 1)) with { Qubits = [.. Enumerable.Repeat(Profiles.Three.Qubits[0] with { T1 = -1e-6 }, 5)] };
        Assert.Equal(
            [
                "x.toml: qubits 0, 1, 2 and 2 more: t1_us = -1 is not positive; allowed: over 0, inf for no decay",
                "x.toml: couplings: qubits 0 and 2 cannot reach each other; allowed: a connected coupling map",
            ],
            DeviceProfileRules.Problems(profile, "x.toml"));
        var failure = Assert.Throws<InputException>(() => DeviceProfileRules.Require(profile, "x.toml"));
        Assert.EndsWith("inf for no decay (and 1 more of the profile's rules broken)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_LimitsThemselves_AreAllowed()
    {
        var edge = Profiles.WithQubit(0, q => q with { T1 = 1e-4, T2 = 2e-4, ExcitedPopulation = 1, Pulse = new(0, 1, -7), Readout = new(1, 0) });
        Assert.Empty(DeviceProfileRules.Problems(edge, "x.toml"));
    }

    private static void AssertProblem(string problem, DeviceProfile profile)
    {
        Assert.Equal([$"x.toml: {problem}"], DeviceProfileRules.Problems(profile, "x.toml"));
        Assert.Equal($"x.toml: {problem}", Assert.Throws<InputException>(() => DeviceProfileRules.Require(profile, "x.toml")).Message);
    }
}
