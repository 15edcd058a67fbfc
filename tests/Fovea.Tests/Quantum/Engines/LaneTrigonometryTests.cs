using Fovea.Core.Random;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Tests.Quantum.Engines;

public unsafe class LaneTrigonometryTests
{
    [Fact]
    public void SinCos_Floats_AreWithinTwoUnitsInTheLastPlaceOfOne()
    {
        var random = new CounterRandom(31, 0);
        for (var i = 0; i < 20000; i++)
        {
            // Angles of every size up to the vector limit and beyond, quadrant edges included.
            var angle = (float)(i % 3 == 0 ? i * Math.PI / 4 : random.NextDouble(-1, 1) * Math.Pow(10, i % 11 - 5));
            var (sin, cos) = SinCos([angle, 0, 0, 0], lane: 0);
            // 2 units in the last place of numbers near 1.
            Assert.InRange(Math.Abs(sin - Math.Sin(angle)), 0, 1.2e-7);
            Assert.InRange(Math.Abs(cos - Math.Cos(angle)), 0, 1.2e-7);
        }
    }

    [Theory]
    [InlineData(1e8f)]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void SinCos_NeighbourOutOfReach_LeavesLaneBitForBit(float neighbour) =>
        Assert.Equal(SinCos([1.25f, 0, 0, 0], lane: 0), SinCos([neighbour, neighbour, 1.25f, 0], lane: 2));

    [Fact]
    public void SinCos_NotFinite_IsNaN()
    {
        Assert.True(float.IsNaN(SinCos([0, float.NaN, 0, 0], lane: 1).Sin));
        Assert.True(float.IsNaN(SinCos([0, float.PositiveInfinity, 0, 0], lane: 1).Cos));
    }

    private static (float Sin, float Cos) SinCos(float[] angles, int lane)
    {
        var (sin, cos) = (new float[4], new float[4]);
        fixed (float* x = angles, s = sin, c = cos)
            LaneTrigonometry<Lanes128<float>, float>.SinCos(*(Lanes128<float>*)x, (Lanes128<float>*)s, (Lanes128<float>*)c);
        return (sin[lane], cos[lane]);
    }
}
