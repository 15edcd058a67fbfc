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
        var spec = new QuantumLayerSpec { Qubits = 24, Layers = 0, Ansatz = "selx", EncodingAxis = (EncodingAxis)7 };
        var problems = spec.Validate();
        Assert.Equal(4, problems.Count);
        Assert.Contains("1..20", problems[0], StringComparison.Ordinal);
        Assert.Contains("GiB", problems[0], StringComparison.Ordinal);
        Assert.Contains("1..100", problems[1], StringComparison.Ordinal);
        Assert.Contains("did you mean 'sel'", problems[2], StringComparison.Ordinal);
        Assert.Contains("X, Y, Z", problems[3], StringComparison.Ordinal);
        var exception = Assert.Throws<InputException>(spec.BuildCircuit);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData(EncodingAxis.X, false, "RX(x0) 0|RX(x1) 1")]
    [InlineData(EncodingAxis.Y, false, "RY(x0) 0|RY(x1) 1")]
    [InlineData(EncodingAxis.Z, false, "H 0|RZ(x0) 0|H 1|RZ(x1) 1")]
    [InlineData(EncodingAxis.Y, true, "RY(x0) 0|RY(x1) 1")]
    public void BuildCircuit_Encoding_ComesFirstAndAgainBeforeEachLayerWhenReuploading(
        EncodingAxis axis, bool reupload, string encoding)
    {
        var spec = new QuantumLayerSpec
        {
            Qubits = 2,
            Layers = 2,
            Ansatz = "basic-entangler",
            EncodingAxis = axis,
            Reupload = reupload,
        };
        var expected = $"{encoding}|RX(w0) 0|RX(w1) 1|CNOT 0 1|{(reupload ? encoding + "|" : "")}RX(w2) 0|RX(w3) 1|CNOT 0 1";
        Assert.Equal(expected, string.Join('|', spec.BuildCircuit().Operations));
    }
}
