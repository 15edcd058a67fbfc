namespace Fovea.Tests.Libraries;

public sealed class DiffusionApiTests
{
    [Fact]
    public void Diffusion_ShowsWhatItsFileSays() =>
        PublicApi.AssertIsThatOf(typeof(Fovea.Diffusion.Sampling.ISampler).Assembly, "tests/Fovea.Tensor.Tests/Libraries/Fovea.Diffusion.txt");
}
