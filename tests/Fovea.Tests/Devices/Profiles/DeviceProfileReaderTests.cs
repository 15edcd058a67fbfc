using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Noise;
using Fovea.Tests.Imaging;

namespace Fovea.Tests.Devices.Profiles;

public sealed class DeviceProfileReaderTests
{
    [Fact]
    public void FromToml_Defaults_HoldForAllQubitsAndCouplings()
    {
        var profile = Profiles.Three;
        Assert.Equal(("three", "A line of three."), (profile.Name, profile.Description));
        Assert.Equal(["A, B (2020)", "C"], profile.Sources);
        Assert.Equal((PulseGate.GPI2, EntanglingGate.ECR), (profile.Pulse, profile.Entangler));
        var qubit = new QubitProperties(200e-6, 150.5e-6, 0.01, new(35.6e-9, 2.5e-4, 0.002), new ReadoutError(0.01, 0.02));
        Assert.Equal([qubit, qubit, qubit], profile.Qubits.AsEnumerable());
        var gate = new GateProperties(500e-9, 7e-3, -0.003);
        Assert.Equal([new(0, 1, gate), new(2, 1, gate)], profile.Couplings.AsEnumerable());
    }

    [Fact]
    public void FromToml_NothingBesideShape_IsFreeOfNoise()
    {
        var profile = DeviceProfileReader.FromToml("name = \"ideal\"\nqubits = 1", "ideal.toml");
        Assert.Equal([new(double.PositiveInfinity, double.PositiveInfinity, 0, new(0, 0), ReadoutError.None)], profile.Qubits.AsEnumerable());
        Assert.Empty(profile.Couplings);
        Assert.Equal((PulseGate.SX, EntanglingGate.CZ, ""), (profile.Pulse, profile.Entangler, profile.Description));
    }

    [Theory]
    [InlineData("\n[[qubit]]\nindex = 1\nt1_us = 90\nreadout_p10 = 0.25\n[[coupling]]\npair = [1, 2]\nns = 300\nerror = 0.02\nover_rotation = 0")]
    [InlineData("\n[[coupling]]\npair = [2, 1]\ns = 3e-7\nerror = 0.02\nover_rotation = 0\n[[qubit]]\nindex = 1\nt1_s = 9e-5\nreadout_p10 = 0.25")]
    public void FromToml_Overrides_ChangeOneQubitAndOneCoupling(string overrides)
    {
        var (before, after) = (Profiles.Three, DeviceProfileReader.FromToml(Profiles.Toml + overrides, "three.toml"));
        Assert.Equal(before.Qubits[1] with { T1 = 90e-6, Readout = new(0.01, 0.25) }, after.Qubits[1]);
        Assert.Equal((before.Qubits[0], before.Qubits[2]), (after.Qubits[0], after.Qubits[2]));
        Assert.Equal([before.Couplings[0], new(2, 1, new(300e-9, 0.02, 0))], after.Couplings.AsEnumerable());
    }

    [Theory]
    [InlineData("t1_s = 10.0\nt2_ms = 900", 10, 0.9)]
    [InlineData("t1_us = inf\nt2_us = 1_000", double.PositiveInfinity, 1e-3)]
    [InlineData("t1_ns = 5000\nt2_ns = 1", 5e-6, 1e-9)]
    public void FromToml_TimeInAnyUnit_IsSeconds(string times, double t1, double t2)
    {
        var qubit = DeviceProfileReader.FromToml($"name = \"a\"\nqubits = 1\n[defaults]\n{times}", "a.toml").Qubits[0];
        Assert.Equal((t1, t2), (qubit.T1, qubit.T2));
    }

    [Theory]
    [InlineData("\"all\"", "0-1 0-2 0-3 1-2 1-3 2-3")]
    [InlineData("\"line\"", "0-1 1-2 2-3")]
    [InlineData("[[3, 0], [0, 1], [1, 2]]", "3-0 0-1 1-2")]
    public void FromToml_Couplings_GiveEdges(string couplings, string expected)
    {
        var profile = DeviceProfileReader.FromToml($"name = \"a\"\nqubits = 4\ncouplings = {couplings}", "a.toml");
        Assert.Equal(expected, string.Join(' ', profile.Couplings.Select(c => $"{c.First}-{c.Second}")));
    }

    [Theory]
    [InlineData("name = \"a\"\nqubit_count = 2", "a.toml: unknown key 'qubit_count'; allowed: name, description, sources, pulse, entangler, qubits, ")]
    [InlineData("name = \"a\"\nqubts = 2", "a.toml: unknown key 'qubts'; did you mean 'qubits'?; allowed: ")]
    [InlineData("name = \"a\"\nqubits = 2\n[defaults]\nt1us = 2", "a.toml: defaults: unknown key 't1us'; did you mean 't1_us'?; allowed: t1_us, ")]
    [InlineData("name = \"a\"\nqubits = 2\n[[qubit]]\nindex = 1\nentangler_ns = 2", "a.toml: qubit 1: unknown key 'entangler_ns'")]
    [InlineData(
        "name = \"a\"\nqubits = 2\ncouplings = \"all\"\n[[coupling]]\npair = [0, 1]\neror = 2",
        "a.toml: coupling [0, 1]: unknown key 'eror'; did you mean 'error'?")]
    [InlineData("name = \"a\"\nname = \"b\"\nqubits = 1", "a.toml: not valid TOML: ")]
    [InlineData("name = \"a\"\nqubits = 99999999999999999999", "a.toml: ")]
    [InlineData("\"two\\nlines\" = 1", "a.toml: unknown key 'two lines'; allowed: name")]
    [InlineData("name = \"a\"\nqubits = 1\npulse = \"two\\nlines\"", "a.toml: pulse = \"two lines\" is not allowed")]
    [InlineData("name = ", "a.toml: not valid TOML: ")]
    [InlineData("qubits = 2", "a.toml: name is missing; allowed: ")]
    [InlineData("name = 3\nqubits = 2", "a.toml: name = 3 is not allowed; allowed: a string")]
    [InlineData("name = \"a\"", "a.toml: qubits is missing; allowed: a whole number from 1 to 1000")]
    [InlineData("name = \"a\"\nqubits = 0", "a.toml: qubits = 0 is not allowed; allowed: a whole number from 1 to 1000")]
    [InlineData("name = \"a\"\nqubits = 1001", "a.toml: qubits = 1001 is not allowed")]
    [InlineData("name = \"a\"\nqubits = 2.5", "a.toml: qubits = 2.5 is not allowed")]
    [InlineData("name = \"a\"\nqubits = 1\npulse = \"sy\"", "a.toml: pulse = \"sy\" is not allowed; allowed: sx, gpi2")]
    [InlineData("name = \"a\"\nqubits = 1\nentangler = \"CZ\"", "a.toml: entangler = \"CZ\" is not allowed; allowed: cz, cx, ecr, rzz")]
    [InlineData("name = \"a\"\nqubits = 1\nsources = [1]", "a.toml: sources = [1] is not allowed; allowed: a list of strings")]
    [InlineData("name = \"a\"\nqubits = 1\ndefaults = 3", "a.toml: defaults = 3 is not allowed; allowed: a table")]
    [InlineData("name = \"a\"\nqubits = 1\nqubit = true", "a.toml: qubit = true is not allowed; allowed: tables")]
    [InlineData("name = \"a\"\nqubits = 1\n[defaults]\nt1_us = \"long\"", "a.toml: defaults: t1_us = \"long\" is not allowed; allowed: a number")]
    [InlineData("name = \"a\"\nqubits = 1\n[defaults]\nt1_us = 2\nt1_s = 1", "a.toml: defaults: t1_us and t1_s are the same time; allowed: one of them")]
    [InlineData("name = \"a\"\nqubits = 2\ncouplings = \"ring\"", "a.toml: couplings = \"ring\" is not allowed; allowed: a list of pairs")]
    [InlineData("name = \"a\"\nqubits = 2\ncouplings = [[0, 1, 2]]", "a.toml: couplings = [[0, 1, 2]] is not allowed; allowed: a list of pairs")]
    [InlineData("name = \"a\"\nqubits = 2\n[[qubit]]\nt1_us = 5", "a.toml: qubit without index: index is missing; allowed: a whole number from 0 to 1")]
    [InlineData("name = \"a\"\nqubits = 2\n[[qubit]]\nindex = 2", "a.toml: qubit 2: index = 2 is not allowed; allowed: a whole number from 0 to 1")]
    [InlineData("name = \"a\"\nqubits = 2\n[[qubit]]\nindex = 1\n[[qubit]]\nindex = 1", "a.toml: qubit 1: index is given twice")]
    [InlineData(
        "name = \"a\"\nqubits = 2\n[[qubit]]\nindex = 0\n[[coupling]]\npair = [0, 1]\n[[qubit]]\nindex = 1",
        "a.toml: tables [[qubit]] stand apart, with others between them; allowed: one after the other")]
    [InlineData("name = \"a\"\nqubits = 2\n[[coupling]]\nns = 5", "a.toml: coupling without pair: pair is missing")]
    [InlineData("name = \"a\"\nqubits = 3\ncouplings = \"line\"\n[[coupling]]\npair = [0, 2]", "a.toml: coupling [0, 2]: pair is not in couplings")]
    [InlineData(
        "name = \"a\"\nqubits = 2\ncouplings = \"all\"\n[[coupling]]\npair = [0, 1]\n[[coupling]]\npair = [1, 0]",
        "a.toml: coupling [1, 0]: pair is given twice")]
    [InlineData("name = \"a\"\nqubits = 2\ncouplings = \"all\"\n[defaults]\nt1_us = -2", "a.toml: qubits 0, 1: t1_us = -2 is not positive")]
    public void FromToml_BrokenRule_IsOneLineThatNamesIt(string text, string message)
    {
        var failure = Assert.Throws<InputException>(() => DeviceProfileReader.FromToml(text, "a.toml"));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void FromFile_File_IsReadAndNamedInMessages()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("three.toml");
        Assert.Equal($"{path}: no such file", Assert.Throws<InputException>(() => DeviceProfileReader.FromFile(path)).Message);
        File.WriteAllText(path, Profiles.Toml);
        Profiles.AssertEqual(Profiles.Three, DeviceProfileReader.FromFile(path));
        File.WriteAllText(path, "x = 1");
        Assert.StartsWith(
            $"{path}: unknown key 'x'", Assert.Throws<InputException>(() => DeviceProfileReader.FromFile(path)).Message, StringComparison.Ordinal);
    }
}
