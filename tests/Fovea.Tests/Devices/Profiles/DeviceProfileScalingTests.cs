using CsCheck;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Devices.Profiles;

public sealed class DeviceProfileScalingTests
{
    [Fact]
    public void Scaled_Zero_IsExactlyFreeOfNoise()
    {
        foreach (var profile in ShippedProfiles.Names.Select(ShippedProfiles.Find).Append(Profiles.Three))
        {
            var ideal = profile.Scaled(0);
            Assert.All(ideal.Qubits, (qubit, i) =>
            {
                Assert.Equal((double.PositiveInfinity, double.PositiveInfinity, ReadoutError.None), (qubit.T1, qubit.T2, qubit.Readout));
                Assert.Equal(new GateProperties(profile.Qubits[i].Pulse.Seconds, 0), qubit.Pulse);
                Assert.True(Channels.ThermalRelaxation(qubit.T1, qubit.T2, 1, qubit.ExcitedPopulation).IsIdentity);
            });
            Assert.All(ideal.Couplings, (coupling, i) => Assert.Equal(new GateProperties(profile.Couplings[i].Gate.Seconds, 0), coupling.Gate));
            Assert.All(ideal.Couplings, coupling => Assert.False(double.IsNegative(coupling.Gate.OverRotation)));
        }
    }

    [Fact]
    public void Scaled_One_ChangesNothing()
    {
        Profiles.AssertEqual(Profiles.Three, Profiles.Three.Scaled(1));
        var inverted = Profiles.WithQubit(0, q => q with { Readout = new(0.9, 0.6) });
        Profiles.AssertEqual(inverted, inverted.Scaled(1));
    }

    [Fact]
    public void Scaled_Two_DoublesNoiseAndKeepsDurations()
    {
        var (before, after) = (Profiles.Three, Profiles.Three.Scaled(2));
        Assert.Equal(new(100e-6, 75.25e-6, 0.01, new(35.6e-9, 5e-4, 0.004), new ReadoutError(0.02, 0.04)), after.Qubits[0]);
        Assert.Equal(new GateProperties(500e-9, 14e-3, -0.006), after.Couplings[1].Gate);
        Assert.Equal((before.Name, before.Pulse, before.Entangler), (after.Name, after.Pulse, after.Entangler));
    }

    [Fact]
    public void Scaled_Large_StopsAtOneAndAtBlindReadout()
    {
        var worst = Profiles.WithQubit(0, q => q with { Readout = new(0.8, 0.3) }).Scaled(1000);
        Assert.Equal((1.0, new ReadoutError(0.8, 0.5)), (worst.Couplings[0].Gate.Error, worst.Qubits[0].Readout));
        Assert.Equal(new ReadoutError(0.5, 0.5), worst.Qubits[1].Readout);
    }

    [Fact]
    public void Scaled_AnyFactor_KeepsEveryRule() =>
        Gen.Double[0, 1].Select(x => x < 0.1 ? 0 : Math.Pow(10, (x - 0.5) * 600)).Sample(factor =>
            DeviceProfileRules.Problems(Profiles.WithQubit(0, q => q with { T2 = 2 * q.T1 }).Scaled(factor), "x")
                .All(p => p.Contains("over_rotation", StringComparison.Ordinal)));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scaled_NoFactor_Throws(double factor) => Assert.Throws<ArgumentOutOfRangeException>(() => Profiles.Three.Scaled(factor));
}
