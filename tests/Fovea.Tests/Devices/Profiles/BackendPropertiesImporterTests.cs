using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Noise;
using Fovea.Tests.Imaging;

namespace Fovea.Tests.Devices.Profiles;

public sealed class BackendPropertiesImporterTests
{
    private const string ThreeFour = "\"value\": 0.014}";

    private static ImportedProfile Imported => BackendPropertiesImporter.FromJson(BackendFiles.Both(), "small.json");

    [Fact]
    public void FromJson_Backend_GivesNativeGatesAndOrigin()
    {
        var profile = Imported.Profile;
        Assert.Equal(("fake-small", PulseGate.SX, EntanglingGate.CX), (profile.Name, profile.Pulse, profile.Entangler));
        Assert.Equal("Imported from the published calibration of fake_small of 2024-05-27.", profile.Description);
    }

    [Fact]
    public void FromJson_AnyUnit_IsSeconds()
    {
        var qubits = Imported.Profile.Qubits;
        Assert.Equal((131.5286444531517 / 1e6, 102.25e-6), (qubits[0].T1, qubits[0].T2));
        Assert.Equal((125e-6, 79e-6), (qubits[1].T1, qubits[1].T2));
        Assert.Equal(100e-6, qubits[2].T1);
        Assert.Equal(new GateProperties(36e-9, 3e-4), qubits[1].Pulse);
    }

    [Fact]
    public void FromJson_Readout_IsPerPreparedStateOrElseTheSharedError()
    {
        Assert.Equal(new ReadoutError(OneGivenZero: 0.0158, ZeroGivenOne: 0.0548), Imported.Profile.Qubits[0].Readout);
        Assert.Equal(new ReadoutError(0.02, 0.02), Imported.Profile.Qubits[3].Readout);
    }

    [Fact]
    public void FromJson_BothDirections_TakesTheBetterOnce() => Assert.Equal(
        [new(1, 0, new(277e-9, 0.0088)), new(1, 2, new(400e-9, 0.011)), new(3, 1, new(400e-9, 0.009)), new(4, 3, new(350e-9, 0.014))],
        Imported.Profile.Couplings.AsEnumerable());

    [Fact]
    public void FromJson_ImperfectData_WarnsOfEachChange()
    {
        Assert.Equal(
            [
                "qubit 4: T1 is missing, taken from the worst qubit",
                "qubit 2: T2 = 250 us is over 2·T1, set to 2·T1 = 200 us",
                "coupling [1, 3]: gate_length of cx is missing, taken from the longest",
            ],
            Imported.Warnings.AsEnumerable());
        Assert.Equal((100e-6, 200e-6), (Imported.Profile.Qubits[4].T1, Imported.Profile.Qubits[2].T2));
    }

    [Fact]
    public void FromJson_DeadCoupling_IsLeftOutWithWhatItCutsOff()
    {
        var imported = BackendPropertiesImporter.FromJson(BackendFiles.Both(properties: Replaced(ThreeFour, "\"value\": 1.0}")), "small.json");
        Assert.Equal((4, 3), (imported.Profile.Qubits.Length, imported.Profile.Couplings.Length));
        Assert.Contains("coupling [3, 4]: gate_error of cx is 1, left out", imported.Warnings);
        Assert.Contains("qubits 4: no coupling leads to the other 4, left out; the others are numbered anew in their order", imported.Warnings);
    }

    [Fact]
    public void FromJson_CouplingWithoutProperties_IsLeftOut()
    {
        var configuration = BackendFiles.Configuration.Replace("[4, 3]]", "[4, 3], [0, 4]]", StringComparison.Ordinal);
        var imported = BackendPropertiesImporter.FromJson(BackendFiles.Both(configuration), "small.json");
        Assert.Contains("coupling [0, 4]: has no gate_error of cx, left out", imported.Warnings);
        Profiles.AssertEqual(Imported.Profile, imported.Profile);
    }

    [Fact]
    public void FromJson_MiddleQubitCutOff_NumbersTheOthersAnew()
    {
        // Without both cx of 0 and 1, qubit 0 stands alone and 1, 2, 3, 4 become 0, 1, 2, 3.
        var imported = BackendPropertiesImporter.FromJson(BackendFiles.Both(properties: Replaced("0.0088", "1")), "small.json");
        Assert.Equal([(0, 1), (2, 0), (3, 2)], imported.Profile.Couplings.Select(c => (c.First, c.Second)));
        Assert.Equal(125e-6, imported.Profile.Qubits[0].T1);
    }

    [Fact]
    public void FromJson_DeadQubit_KeepsItsErrorAndWarns()
    {
        var imported = BackendPropertiesImporter.FromJson(BackendFiles.Both(properties: Replaced("0.0006", "1")), "small.json");
        Assert.Equal(1, imported.Profile.Qubits[4].Pulse.Error);
        Assert.Contains("qubit 4: gate_error of sx is 1, the qubit is out of order", imported.Warnings);
    }

    [Fact]
    public void FromPath_FolderFilesOrOneObject_GiveTheSame()
    {
        using var folder = new TemporaryFolder();
        BackendFiles.Write(folder);
        File.WriteAllText(folder.File("both.json"), BackendFiles.Both());
        var expected = BackendPropertiesImporter.FromPath(folder.Path).Profile;
        Assert.Equal(["conf_small.json", "props_small.json"], expected.Sources);
        Profiles.AssertEqual(expected, BackendPropertiesImporter.FromPath(folder.File("conf_small.json")).Profile);
        Profiles.AssertEqual(expected, BackendPropertiesImporter.FromPath(folder.File("props_small.json")).Profile);
        Profiles.AssertEqual(expected, BackendPropertiesImporter.FromFiles(folder.File("conf_small.json"), folder.File("props_small.json")).Profile);
        Assert.Equal(expected.Qubits.AsEnumerable(), BackendPropertiesImporter.FromPath(folder.File("both.json")).Profile.Qubits);
    }

    [Fact]
    public void FromPath_FolderWithoutOnePair_NamesWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        AssertFails("has no conf_*.json; expected one conf_*.json and one props_*.json", () => BackendPropertiesImporter.FromPath(folder.Path));
        BackendFiles.Write(folder);
        File.Copy(folder.File("props_small.json"), folder.File("props_other.json"));
        AssertFails("has 2 files props_*.json", () => BackendPropertiesImporter.FromPath(folder.Path));
        File.Delete(folder.File("props_small.json"));
        AssertFails("props_small.json: no such file", () => BackendPropertiesImporter.FromPath(folder.File("conf_small.json")));
    }

    [Theory]
    [InlineData("[1, 2]", "small.json: no backend's data; expected one JSON object with \"configuration\" and \"properties\", or a folder")]
    [InlineData("{\"target\": {\"num_qubits\": 5}}", "small.json: no backend's data; expected one JSON object with")]
    [InlineData("{\"configuration\": 3, \"properties\": {}}", "small.json: configuration: no backend configuration; expected a JSON object with n_qubits")]
    [InlineData(
        "{\"n_qubits\": 1, \"basis_gates\": [\"sx\"], \"qubits\": []}",
        "small.json: no backend properties; expected a JSON object with the lists qubits and gates")]
    [InlineData(
        "{\"n_qubits\": 5000, \"basis_gates\": [], \"qubits\": []}",
        "small.json: n_qubits = 5000 is not allowed; allowed: a whole number from 1 to 1000")]
    [InlineData("{oops", "small.json: not valid JSON: ")]
    public void FromJson_OtherKind_SaysWhatWasExpected(string json, string message) =>
        AssertFails(message, () => BackendPropertiesImporter.FromJson(json, "small.json"));

    [Theory]
    [InlineData("\"n_qubits\": 5", "\"n_qubits\": 4", "coupling_map has [3, 4]; expected pairs of different qubits from 0 to 3")]
    [InlineData("\"n_qubits\": 5", "\"n_qubits\": 6", "properties: qubits has 5 entries; expected the configuration's n_qubits = 6")]
    [InlineData("\"sx\"", "\"ry\"", "has no quarter turn that is understood; expected one of sx, u2")]
    [InlineData("[\"cx\"", "[\"iswap\"", "has no two-qubit gate that is understood; expected one of cz, ecr, cx, rzz")]
    public void FromJson_OtherConfiguration_SaysWhatWasExpected(string old, string replacement, string message) => AssertFails(message,
        () => BackendPropertiesImporter.FromJson(
            BackendFiles.Both(BackendFiles.Configuration.Replace(old, replacement, StringComparison.Ordinal)), "small.json"));

    [Theory]
    [InlineData("\"unit\": \"ms\"", "\"unit\": \"min\"", "qubit 1: T1 has the unit \"min\"; allowed: s, ms, us, ns")]
    [InlineData("\"name\": \"T1\"", "\"name\": \"T3\"", "no qubit has T1; expected it for at least one")]
    [InlineData("\"gate\": \"rz\"", "\"date\": \"rz\"", "gate 0: no gate; expected a JSON object with gate, qubits and parameters")]
    [InlineData("\"value\": 0.0548", "\"value\": 1.5", "small.json: properties: qubit 0: readout_p10 = 1.5 is no probability; allowed: 0 to 1")]
    public void FromJson_OtherProperties_SaysWhatWasExpected(string old, string replacement, string message) => AssertFails(message,
        () => BackendPropertiesImporter.FromJson(BackendFiles.Both(properties: Replaced(old, replacement)), "small.json"));

    [Fact]
    public void ToToml_ImportedProfile_ReadsBackExactly() =>
        Profiles.AssertEqual(Imported.Profile, DeviceProfileReader.FromToml(DeviceProfileWriter.ToToml(Imported.Profile), "small.toml"));

    [Fact]
    public void FromJson_TwoKindsOfGates_GivesEachPairItsOwn()
    {
        var configuration = BackendFiles.Configuration.Replace("[\"cx\"", "[\"cx\", \"ecr\"", StringComparison.Ordinal);
        var properties = Replaced("[1, 2], \"gate\": \"cx\"", "[1, 2], \"gate\": \"ecr\"").Replace(
            "[2, 1], \"gate\": \"cx\"", "[2, 1], \"gate\": \"ecr\"", StringComparison.Ordinal)
            .Replace("[4, 3], \"gate\": \"cx\"", "[4, 3], \"gate\": \"rzz\"", StringComparison.Ordinal)
            .Replace("[3, 1], \"gate\": \"cx\"", "[3, 1], \"gate\": \"cz\"", StringComparison.Ordinal);
        var imported = BackendPropertiesImporter.FromJson(BackendFiles.Both(configuration, properties), "small.json");
        var profile = imported.Profile;
        Assert.Equal(EntanglingGate.ECR, profile.Entangler);
        Assert.Equal(
            [
                new(1, 0, new(277e-9, 0.0088)) { Entangler = EntanglingGate.CX },
                new(1, 2, new(400e-9, 0.011)),
                new(3, 1, new(0, 0.009)) { Entangler = EntanglingGate.CZ },
            ],
            profile.Couplings.AsEnumerable());
        Assert.Contains("coupling [1, 3]: cz is not in basis_gates, but has properties here", imported.Warnings);
        // cx of 3 and 4 is there and dead: a gate outside the basis does not stand in for it.
        Assert.Contains("coupling [3, 4]: gate_error of cx is 1, left out", imported.Warnings);
        Profiles.AssertEqual(profile, DeviceProfileReader.FromToml(DeviceProfileWriter.ToToml(profile), "small.toml"));
    }

    [Fact]
    public void FromJson_ManyCouplingsWithoutAGate_IsOneLine()
    {
        var pairs = string.Join(", ", Enumerable.Range(0, 3).Select(k => $"[{k}, {k + 2}]").Append("[0, 3]").Append("[1, 4]"));
        var configuration = BackendFiles.Configuration.Replace("[4, 3]]", $"[4, 3], {pairs}]", StringComparison.Ordinal);
        var imported = BackendPropertiesImporter.FromJson(BackendFiles.Both(configuration), "small.json");
        Assert.Contains("4 couplings have no gate_error of cx, left out (first: [0, 2])", imported.Warnings);
        Assert.DoesNotContain(imported.Warnings, warning => warning.StartsWith("coupling [0, 2]", StringComparison.Ordinal));
    }

    private static string Replaced(string old, string replacement) => BackendFiles.Properties.Replace(old, replacement, StringComparison.Ordinal);

    private static void AssertFails(string message, Action import)
    {
        var failure = Assert.Throws<InputException>(import);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
