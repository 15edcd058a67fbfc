using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Tests.Quantum.Engines;

public unsafe class LaneTranspositionTests
{
    [Theory]
    [InlineData(16, 16, 4)]
    [InlineData(16, 13, 4)]
    [InlineData(16, 3, 9)]
    [InlineData(64, 61, 10)]
    [InlineData(4, 4, 1)]
    public void Load_AnyShape_IsTheTransposeWithPaddingAndStoresBack(int lanes, int count, int width)
    {
        Check<float>(lanes, count, width, value => value);
        Check<double>(lanes, count, width, value => value);
    }

    private static void Check<T>(int lanes, int count, int width, Func<int, T> number)
        where T : unmanaged
    {
        T[] rows = [.. Enumerable.Range(1, count * width).Select(number)];
        var (columns, back) = (new T[lanes * width], new T[count * width]);
        fixed (T* from = rows, to = columns, returned = back)
        {
            LaneTransposition<T>.Load(from, count, width, to, lanes, number(-1));
            LaneTransposition<T>.Store(to, lanes, width, returned, count);
        }

        for (var column = 0; column < width; column++)
        {
            for (var lane = 0; lane < lanes; lane++)
                Assert.Equal(lane < count ? rows[(lane * width) + column] : number(-1), columns[(column * lanes) + lane]);
        }

        Assert.Equal(rows, back);
    }
}
