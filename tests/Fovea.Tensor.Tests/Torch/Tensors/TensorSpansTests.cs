using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Tensors;

public class TensorSpansTests
{
    [Fact]
    public void Open_Write_ChangesTheTensor()
    {
        using var scope = NewDisposeScope();
        var tensor = zeros(2, 3);
        using (var span = TensorSpans.Open<float>(tensor)) span.Values[4] = 7;
        Assert.Equal(7, tensor[1, 1].item<float>());
        Assert.Equal(7, tensor.sum().item<float>());
    }

    [Fact]
    public void Open_ViewWithOffset_StartsAtTheView()
    {
        using var scope = NewDisposeScope();
        using var span = TensorSpans.Open<long>(arange(12).reshape(4, 3)[2]);
        Assert.Equal([6, 7, 8], span.Values.ToArray());
    }

    [Fact]
    public void Open_Empty_IsEmpty()
    {
        using var tensor = zeros(0, 3);
        using var span = TensorSpans.Open<float>(tensor);
        Assert.True(span.Values.IsEmpty);
    }

    [Fact]
    public void Open_WrongType_NamesBoth()
    {
        using var tensor = zeros(3, float64);
        var error = Assert.Throws<ArgumentException>(() => { using var span = TensorSpans.Open<float>(tensor); });
        Assert.Contains("Float64", error.Message);
        Assert.Contains("Float32", error.Message);
    }

    [Fact]
    public void Open_Transposed_Throws()
    {
        using var tensor = zeros(3, 4);
        using var transposed = tensor.t();
        Assert.Throws<ArgumentException>(() => { using var span = TensorSpans.Open<float>(transposed); });
    }

    // empty() touches no page of the 2 GiB, so they take no memory.
    [Fact]
    public void Open_OverTwoGibibytes_Throws()
    {
        using var tensor = empty([(1L << 31) + 8], uint8);
        var error = Assert.Throws<ArgumentException>(() => { using var span = TensorSpans.Open<byte>(tensor); });
        Assert.Contains("2147483656", error.Message);
    }

    [Fact]
    public void Open_UnknownElementType_Throws()
    {
        using var tensor = zeros(3);
        Assert.Throws<ArgumentException>(() => { using var span = TensorSpans.Open<decimal>(tensor); });
    }

    [Fact]
    public void From_EachType_RoundTrips()
    {
        RoundTrip<float>([1.5f, -2, float.NaN], ScalarType.Float32);
        RoundTrip([1.5, -2, double.MaxValue], ScalarType.Float64);
        RoundTrip([(Half)1.5f, (Half)(-2f)], ScalarType.Float16);
        RoundTrip([(BFloat16)1.5f, (BFloat16)(-2f)], ScalarType.BFloat16);
        RoundTrip([long.MinValue, 5], ScalarType.Int64);
        RoundTrip([int.MinValue, 5], ScalarType.Int32);
        RoundTrip<short>([short.MinValue, 5], ScalarType.Int16);
        RoundTrip<sbyte>([sbyte.MinValue, 5], ScalarType.Int8);
        RoundTrip<byte>([255, 5], ScalarType.Byte);
        RoundTrip([true, false, true], ScalarType.Bool);
    }

    [Fact]
    public void FromFloats_Shape_IsRowMajorCopy()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3, 4, 5, 6];
        var tensor = TensorSpans.FromFloats(values, 2, 3);
        values[0] = 99;
        Assert.Equal([2L, 3L], tensor.shape);
        Assert.Equal(1, tensor[0, 0].item<float>());
        Assert.Equal(4, tensor[1, 0].item<float>());
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(-1, -3)]
    [InlineData(long.MaxValue, 3)]
    public void FromFloats_ShapeThatDoesNotFit_Throws(long rows, long columns) =>
        Assert.ThrowsAny<Exception>(() => TensorSpans.FromFloats([1, 2, 3], rows, columns));

    [Fact]
    public void FromBytes_Scalar_HasNoDimension()
    {
        using var tensor = TensorSpans.FromBytes(BitConverter.GetBytes(2.5f), ScalarType.Float32);
        Assert.Empty(tensor.shape);
        Assert.Equal(2.5f, tensor.item<float>());
    }

    [Fact]
    public void ToArray_TransposedParameter_IsInLogicalOrder()
    {
        using var scope = NewDisposeScope();
        var tensor = arange(6, float32).reshape(2, 3).requires_grad_().t();
        Assert.Equal([0, 3, 1, 4, 2, 5], TensorSpans.ToArray<float>(tensor));
    }

    private static void RoundTrip<T>(T[] values, ScalarType type) where T : unmanaged
    {
        using var tensor = TensorSpans.From<T>(values);
        Assert.Equal(type, tensor.dtype);
        Assert.Equal(values, TensorSpans.ToArray<T>(tensor));
    }
}
