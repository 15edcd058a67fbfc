namespace Fovea.Tests;

public class SmokeTest
{
    [Fact]
    public void One() => Assert.Equal(1, 1);
}
