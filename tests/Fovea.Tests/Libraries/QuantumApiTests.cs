namespace Fovea.Tests.Libraries;

public sealed class QuantumApiTests
{
    [Fact]
    public void Quantum_ShowsWhatItsFileSays() =>
        PublicApi.AssertIsThatOf(typeof(Fovea.Quantum.Circuits.Circuit).Assembly, "tests/Fovea.Tests/Libraries/Fovea.Quantum.txt");
}
