using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Quantum.Ansaetze;

public class QuantumLayerSpecTests
{
    [Fact]
    public void Validate_Defaults_HasNoProblem() => Assert.Empty(new QuantumLayerSpec().Validate());

    [Fact]
    public void Validate_SeveralProblems_ReportsEachWithAllowedValues()
    {
        var spec = new QuantumLayerSpec { Qubits = 65, Layers = 0, Ansatz = "selx", Encoding = (InputEncoding)7 };
        var problems = spec.Validate();
        Assert.Equal(4, problems.Count);
        Assert.Contains("1 to 64", problems[0], StringComparison.Ordinal);
        Assert.Contains("1 to 100", problems[1], StringComparison.Ordinal);
        Assert.Contains("did you mean 'sel'", problems[2], StringComparison.Ordinal);
        Assert.Contains("X, Y, Z, amplitude, iqp", problems[3], StringComparison.Ordinal);
        var exception = Assert.Throws<InputException>(spec.BuildCircuit);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData(InputEncoding.X, false, "RX(x0) 0|RX(x1) 1")]
    [InlineData(InputEncoding.Y, false, "RY(x0) 0|RY(x1) 1")]
    [InlineData(InputEncoding.Z, false, "H 0|RZ(x0) 0|H 1|RZ(x1) 1")]
    [InlineData(InputEncoding.Y, true, "RY(x0) 0|RY(x1) 1")]
    public void BuildCircuit_Encoding_ComesFirstAndAgainBeforeEachLayerWhenReuploading(
        InputEncoding encoding, bool reupload, string gates)
    {
        var spec = new QuantumLayerSpec
        {
            Qubits = 2,
            Layers = 2,
            Ansatz = "basic-entangler",
            Encoding = encoding,
            Reupload = reupload,
        };
        var expected = $"{gates}|RX(w0) 0|RX(w1) 1|CNOT 0 1|{(reupload ? gates + "|" : "")}RX(w2) 0|RX(w3) 1|CNOT 0 1";
        Assert.Equal(expected, string.Join('|', spec.BuildCircuit().Operations));
    }

    // Z of a later upload is RZ alone: a Hadamard there would be a gate of its own.
    [Theory]
    [InlineData("YZX", false, "RY(x0) 0|RX(w0) 0|RZ(x0) 0|RX(w1) 0|RX(x0) 0|RX(w2) 0|RY(x0) 0|RX(w3) 0")]
    [InlineData("ZY", true, "H 0|RZ(x0) 0|RX(w0) 0|RY(x1) 0|RX(w1) 0|RZ(x2) 0|RX(w2) 0|RY(x3) 0|RX(w3) 0")]
    public void BuildCircuit_AxesByUpload_TakeTurns(string axes, bool ownInputs, string expected)
    {
        var spec = new QuantumLayerSpec { Qubits = 1, Layers = 4, Ansatz = "basic-entangler", Reupload = true, Axes = axes, OwnInputs = ownInputs };
        Assert.Equal(expected, string.Join('|', spec.BuildCircuit().Operations));
    }

    [Theory]
    [InlineData("YW", true, "encoding: 'YW' names axes by upload; allowed: the letters X, Y, Z")]
    [InlineData("YZ", false, "encoding: 'YZ' names axes by upload, and there is one upload; allowed with re-uploading")]
    public void Validate_AxesThatDoNotFit_AreOneProblem(string axes, bool reupload, string problem) =>
        Assert.Equal([problem], new QuantumLayerSpec { Axes = axes, Reupload = reupload }.Validate());

    [Theory]
    [InlineData("hqconv", 6, "qubits: hqconv takes a multiple of 4, not 6")]
    [InlineData("fqconv", 8, "qubits: fqconv takes a multiple of 3, not 8")]
    [InlineData("FQConv-Port", 2, "qubits: fqconv-port takes a multiple of 3, not 2")]
    [InlineData("hqconv", 66, "qubits: 66 is not allowed; allowed: 1 to 64")]
    public void Validate_QubitsThatTheAnsatzCannotTake_IsOneProblem(string ansatz, int qubits, string problem) =>
        Assert.Equal([problem], new QuantumLayerSpec { Ansatz = ansatz, Qubits = qubits }.Validate());

    [Fact]
    public void Validate_AmplitudesOnTooManyQubits_IsOneProblem() => Assert.Equal(
        ["qubits: amplitude encoding takes up to 16, not 17"],
        new QuantumLayerSpec { Encoding = InputEncoding.Amplitude, Qubits = 17 }.Validate());

    [Fact]
    public void Validate_AmplitudesWithReupload_IsOneProblem() => Assert.Equal(
        ["reupload: amplitudes are prepared once, before the first gate; allowed with the encodings X, Y, Z, iqp"],
        new QuantumLayerSpec { Encoding = InputEncoding.Amplitude, Reupload = true }.Validate());

    [Fact]
    public void BuildCircuit_MoreQubitsThanAStateVectorHolds_IsLeftToTheEngine() =>
        Assert.Equal(64, new QuantumLayerSpec { Qubits = 64 }.BuildCircuit().WireCount);

    [Fact]
    public void BuildCircuit_Reupload_PutsTheInitialRulesOnceAfterTheFirstEncoding()
    {
        var spec = new QuantumLayerSpec { Qubits = 2, Layers = 2, Ansatz = "std", Reupload = true };
        Assert.Equal(
            "RY(x0) 0|RY(x1) 1|RY(w0) 0|RY(w1) 1|CZ 0 1|RY(w2) 0|RY(w3) 1|RY(x0) 0|RY(x1) 1|CZ 0 1|RY(w4) 0|RY(w5) 1",
            string.Join('|', spec.BuildCircuit().Operations));
    }

    [Theory]
    [InlineData(InputEncoding.X, 6)]
    [InlineData(InputEncoding.Iqp, 6)]
    [InlineData(InputEncoding.Amplitude, 64)]
    public void BuildCircuit_Encoding_TakesItsInputCount(InputEncoding encoding, int inputs)
    {
        Assert.Equal(inputs, encoding.InputCount(6));
        Assert.Equal(inputs, new QuantumLayerSpec { Qubits = 6, Encoding = encoding }.BuildCircuit().InputCount);
    }

    [Fact]
    public void BuildCircuit_OwnDefinition_IsWhatTheTextDeclares()
    {
        var spec = new QuantumLayerSpec { Qubits = 2, Layers = 2, Ansatz = "mine", Definition = "ansatz mine\nlayer\nRX l\nend" };
        Assert.Empty(spec.Validate());
        Assert.Equal("RY(x0) 0|RY(x1) 1|RX(w0) 0|RX(w1) 1", string.Join('|', spec.BuildCircuit().Operations));
        Assert.Equal(
            "mine.ansatz:3: RX: wire 2 is outside 0..1 (n = 2, l = 2)",
            Assert.Throws<InputException>((spec with { Layers = 3 }).BuildCircuit).Message);
    }

    [Theory]
    [InlineData("mine", "ansatz mine\nlayer\nRQ 0\nend", "mine.ansatz:3: unknown gate 'RQ'")]
    [InlineData("sel", "ansatz mine\nlayer\nend", "ansatz 'sel' is not what its definition declares; allowed: mine")]
    [InlineData("mine", "ansatz mine\nwires n == 3\nlayer\nend", "qubits: mine takes a number of wires n with n == 3, not 8")]
    public void Validate_DefinitionThatDoesNotFit_IsOneProblem(string name, string definition, string start) => Assert.StartsWith(
        start, Assert.Single(new QuantumLayerSpec { Ansatz = name, Definition = definition }.Validate()), StringComparison.Ordinal);
}
