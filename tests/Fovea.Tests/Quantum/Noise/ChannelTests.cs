using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Quantum.Noise;

public sealed class ChannelTests
{
    // A few products of doubles.
    private const double Tolerance = 1e-14;

    [Fact]
    public void Depolarizing_TwoConventions_ShrinkAsTheySay()
    {
        Assert.Equal(1 - (4.0 / 3 * 0.03), Channels.DepolarizingByError(0.03).Transfer[3, 3], Tolerance);
        Assert.Equal(1 - (16.0 / 15 * 0.03), Channels.DepolarizingByError(0.03, wires: 2).Transfer[7, 7], Tolerance);
        Assert.Equal(0.97, Channels.DepolarizingByMixing(0.03).Transfer[3, 3], Tolerance);
        Assert.Equal(0.97, Channels.DepolarizingByMixing(0.03, wires: 2).Transfer[7, 7], Tolerance);
        // Average infidelity of mixing: p·(d − 1)/d.
        Assert.Equal(1 - (0.03 * 3 / 4), Channels.DepolarizingByMixing(0.03, wires: 2).AverageFidelity, Tolerance);
    }

    [Theory]
    [InlineData("bit-flip", 1, 0.2, 0.2)]
    [InlineData("phase-flip", 0.2, 0.2, 1)]
    [InlineData("bit-phase-flip", 0.2, 1, 0.2)]
    public void Flip_OfProbability_ShrinksWhatAnticommutes(string name, double x, double y, double z)
    {
        var channel = name switch
        {
            "bit-flip" => Channels.BitFlip(0.4),
            "phase-flip" => Channels.PhaseFlip(0.4),
            _ => Channels.BitPhaseFlip(0.4),
        };
        Assert.Equal(new[] { x, y, z }, new[] { 1, 2, 3 }.Select(k => Math.Round(channel.Transfer[k, k], 12)));
    }

    [Fact]
    public void AmplitudeDamping_Heisenberg_MovesZToTheIdentity()
    {
        var transfer = Channels.AmplitudeDamping(0.3).Transfer;
        Assert.Equal(0.7, transfer[3, 3], Tolerance);
        Assert.Equal(0.3, transfer[3, 0], Tolerance);
        Assert.Equal(Math.Sqrt(0.7), transfer[1, 1], Tolerance);
    }

    [Fact]
    public void ThermalRelaxation_ForATime_DecaysByT1AndT2()
    {
        var transfer = Channels.ThermalRelaxation(80e-6, 50e-6, 7e-6, excitedPopulation: 0.1).Transfer;
        var decay = Math.Exp(-7.0 / 80);
        Assert.Equal(Math.Exp(-7.0 / 50), transfer[1, 1], Tolerance);
        Assert.Equal(decay, transfer[3, 3], Tolerance);
        Assert.Equal((1 - decay) * (1 - (2 * 0.1)), transfer[3, 0], Tolerance);
    }

    [Fact]
    public void ThermalRelaxation_LongAfter_IsTheExcitedPopulation()
    {
        var state = new DensityMatrix(1);
        state.Apply(Channels.ThermalRelaxation(1e-6, 1e-6, 1, excitedPopulation: 0.2), [0]);
        Assert.Equal([0.8, 0.2], state.Probabilities().Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Channels_OfNothing_AreTheIdentityExactly()
    {
        QuantumChannel[] channels =
        [
            Channels.BitFlip(0), Channels.DepolarizingByError(0), Channels.DepolarizingByMixing(0, wires: 2), Channels.AmplitudeDamping(0),
            Channels.PhaseDamping(0), Channels.ThermalRelaxation(1e-6, 1e-6, 0, 0.3), Channels.OverRotation("ZZ", 0),
            Channels.ThermalRelaxation(double.PositiveInfinity, double.PositiveInfinity, 1, 0.3),
        ];
        Assert.All(channels, channel => Assert.True(channel.IsIdentity, channel.Name));
    }

    [Fact]
    public void OverRotation_OfATurn_IsTheGate()
    {
        var (byGate, byChannel) = (new DensityMatrix(2), new DensityMatrix(2));
        foreach (var state in new[] { byGate, byChannel })
            state.Apply(new Operation(GateKind.H, [0]), 0);
        byGate.Apply(new Operation(GateKind.RXX, [0, 1], Angle.Constant(0.7)), 0.7);
        byChannel.Apply(Channels.OverRotation("XX", 0.7), [0, 1]);
        for (var k = 0; k < 16; k++)
            Assert.True(Complex.Abs(byGate[k / 4, k % 4] - byChannel[k / 4, k % 4]) < Tolerance);
    }

    [Fact]
    public void Kraus_NotComplete_SaysByHowMuch()
    {
        var failure = Assert.Throws<ArgumentException>(() => new QuantumChannel("mine", [new Complex[,] { { 1, 0 }, { 0, 0.9 } }]));
        Assert.Contains("channel mine: the Kraus operators do not sum to the identity (ΣK†K is off by 0.19)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Channels.BitFlip(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Channels.PhaseDamping(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Channels.ThermalRelaxation(1e-6, 3e-6, 1e-9));
        Assert.Throws<ArgumentException>(() => Channels.Pauli(0.5, 0.4, 0.2));
        Assert.Throws<ArgumentException>(() => Channels.OverRotation("Q", 1));
    }

    [Theory]
    [InlineData(3, 0, "position")]
    [InlineData(0, 5, "wire is outside")]
    public void NoisyCircuit_ChannelThatDoesNotFit_IsNamed(int position, int wire, string words)
    {
        var circuit = new CircuitBuilder(2).H(0).CNOT(0, 1).Build();
        var failure = Assert.Throws<ArgumentException>(() => new NoisyCircuit(circuit, [new(position, Channels.BitFlip(0.1), [wire])]));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains("bit-flip(0.1)", failure.Message, StringComparison.Ordinal);
    }
}
