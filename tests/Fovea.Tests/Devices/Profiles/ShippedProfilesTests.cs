using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Noise;
using Fovea.Tests.Imaging;

namespace Fovea.Tests.Devices.Profiles;

public sealed class ShippedProfilesTests
{
    public static TheoryData<string> All => [.. ShippedProfiles.Names];

    [Theory]
    [InlineData("heavy-hex", 27, 28, PulseGate.SX, EntanglingGate.ECR)]
    [InlineData("square-lattice", 25, 40, PulseGate.SX, EntanglingGate.CZ)]
    [InlineData("trapped-ion", 20, 190, PulseGate.GPI2, EntanglingGate.RZZ)]
    public void Find_Name_GivesDevice(string name, int qubits, int couplings, PulseGate pulse, EntanglingGate entangler)
    {
        var profile = ShippedProfiles.Find(name);
        Assert.Equal((name, qubits, couplings, pulse, entangler),
            (profile.Name, profile.Qubits.Length, profile.Couplings.Length, profile.Pulse, profile.Entangler));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Find_EveryName_KeepsRulesAndSaysWhatItIs(string name)
    {
        var profile = ShippedProfiles.Find(name);
        Assert.Empty(DeviceProfileRules.Problems(profile, name));
        Assert.True(Profiles.IsConnected(profile));
        Assert.StartsWith("Representative, not measured from one machine", profile.Description, StringComparison.Ordinal);
        Assert.True(profile.Sources.Length >= 4);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Find_EveryName_HasBetterAndWorseQubits(string name)
    {
        var profile = ShippedProfiles.Find(name);
        Assert.True(profile.Qubits.Distinct().Count() > profile.Qubits.Length / 2);
        Assert.InRange(profile.Couplings.Max(c => c.Gate.Error) / profile.Couplings.Min(c => c.Gate.Error), 1.2, 4);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Find_EveryName_HasErrorsThatCoverDecayDuringTheGate(string name)
    {
        // The stated infidelity includes decoherence, so idling for as long must not be worse.
        var profile = ShippedProfiles.Find(name);
        Assert.All(profile.Qubits, qubit => Assert.True(Idle(qubit, qubit.Pulse.Seconds, 1) < qubit.Pulse.Error));
        Assert.All(profile.Couplings, coupling =>
        {
            var (first, second) = (profile.Qubits[coupling.First], profile.Qubits[coupling.Second]);
            // To first order the process infidelities of two idle qubits add up.
            var process = Idle(first, coupling.Gate.Seconds, 1.5) + Idle(second, coupling.Gate.Seconds, 1.5);
            Assert.True(process * 4 / 5 < coupling.Gate.Error, $"[{coupling.First}, {coupling.Second}]");
        });
    }

    [Fact]
    public void Find_TrappedIon_CouplesEveryPair()
    {
        var profile = ShippedProfiles.Find("trapped-ion");
        var pairs = profile.Couplings.Select(c => (c.First, c.Second)).ToHashSet();
        for (var first = 0; first < 20; first++)
        {
            for (var second = first + 1; second < 20; second++) Assert.Contains((first, second), pairs);
        }
    }

    [Fact]
    public void Find_HeavyHex_HasNoQubitWithOverThreeNeighbours() =>
        Assert.All(Degrees("heavy-hex"), degree => Assert.InRange(degree, 1, 3));

    [Fact]
    public void Find_SquareLattice_HasFourCornersAndNineInnerQubits() =>
        Assert.Equal(
            (4, 12, 9),
            (
                Degrees("square-lattice").Count(d => d == 2),
                Degrees("square-lattice").Count(d => d == 3),
                Degrees("square-lattice").Count(d => d == 4)));

    [Fact]
    public void Find_UnknownName_NamesTheNearest()
    {
        var failure = Assert.Throws<InputException>(() => ShippedProfiles.Find("heavyhex"));
        Assert.Equal("device profile 'heavyhex' is not shipped; did you mean 'heavy-hex'?; allowed: heavy-hex, square-lattice, trapped-ion", failure.Message);
    }

    [Fact]
    public void Load_NameTomlJsonOrFolder_GivesProfile()
    {
        using var folder = new TemporaryFolder();
        Profiles.AssertEqual(ShippedProfiles.Find("trapped-ion"), ShippedProfiles.Load("trapped-ion"));
        File.WriteAllText(folder.File("mine.toml"), Profiles.Toml);
        Profiles.AssertEqual(Profiles.Three, ShippedProfiles.Load(folder.File("mine.toml")));
        BackendFiles.Write(folder);
        List<string> warnings = [];
        var imported = BackendPropertiesImporter.FromPath(folder.Path);
        Profiles.AssertEqual(imported.Profile, ShippedProfiles.Load(folder.Path, warnings.Add));
        Profiles.AssertEqual(imported.Profile, ShippedProfiles.Load(folder.File("conf_small.json")));
        Assert.Equal(imported.Warnings.AsEnumerable(), warnings);
    }

    [Fact]
    public void Load_NothingOfThese_ListsWhatIsAllowed()
    {
        var failure = Assert.Throws<InputException>(() => ShippedProfiles.Load("trapped-ions"));
        Assert.StartsWith(
            "device profile 'trapped-ions' is not known; did you mean 'trapped-ion'?; allowed: heavy-hex, ", failure.Message, StringComparison.Ordinal);
        Assert.Equal("none.toml: no such file", Assert.Throws<InputException>(() => ShippedProfiles.Load("none.toml")).Message);
    }

    private static double Idle(QubitProperties qubit, double seconds, double factor) =>
        factor * (1 - Channels.ThermalRelaxation(qubit.T1, qubit.T2, seconds, qubit.ExcitedPopulation).AverageFidelity);

    private static List<int> Degrees(string name)
    {
        var profile = ShippedProfiles.Find(name);
        return [.. profile.Qubits.Select((_, i) => profile.Couplings.Count(c => c.First == i || c.Second == i))];
    }
}
