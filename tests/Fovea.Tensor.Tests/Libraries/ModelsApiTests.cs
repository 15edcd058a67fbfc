using Fovea.Models.Circuits;

namespace Fovea.Tests.Libraries;

public sealed class ModelsApiTests
{
    [Fact]
    public void Models_ShowsWhatItsListSays() =>
        PublicApi.AssertIsThatOf(typeof(QuantumOptions).Assembly, "tests/Fovea.Tensor.Tests/Libraries/Fovea.Models.txt");
}
