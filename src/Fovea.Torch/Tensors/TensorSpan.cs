using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Tensors;

/// <summary>
/// A tensor's memory as a span, without a copy. Hold it in a <c>using</c>: its end keeps the tensor alive until there, which the
/// span alone does not. The tensor must not be disposed or resized meanwhile.
/// </summary>
/// <typeparam name="T">Element type; equals the tensor's data type.</typeparam>
public readonly ref struct TensorSpan<T> where T : unmanaged
{
    private readonly Tensor _tensor;

    internal TensorSpan(Tensor tensor, Span<T> values)
    {
        _tensor = tensor;
        Values = values;
    }

    /// <summary>
    /// The elements in row-major order; writing changes the tensor and everything that shares its memory, unseen by automatic
    /// differentiation.
    /// </summary>
    public Span<T> Values { get; }

    /// <summary>Ends the use of the memory.</summary>
    public void Dispose() => GC.KeepAlive(_tensor);
}

/// <summary>
/// Fast ways between tensors and spans: views of CPU memory without a copy, and whole-block copies. TorchSharp's element
/// accessors cost up to half a microsecond an element and have no place in hot code.
/// </summary>
public static class TensorSpans
{
    /// <summary>
    /// The tensor's memory: <c>using var span = TensorSpans.Open&lt;float&gt;(tensor);</c>. Zero copy, readable and writable.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The tensor's data type is not <typeparamref name="T"/>, it is not on the CPU, not contiguous, or over 2 GiB.
    /// </exception>
    public static TensorSpan<T> Open<T>(Tensor tensor) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var expected = ElementTypes.TypeOf<T>();
        if (tensor.dtype != expected)
            throw new ArgumentException($"the tensor holds {tensor.dtype}, {expected} is expected", nameof(tensor));
        return new TensorSpan<T>(tensor, MemoryMarshal.Cast<byte, T>(Bytes(tensor)));
    }

    /// <summary>The tensor's memory as bytes in the machine's order, whatever its data type.</summary>
    /// <exception cref="ArgumentException">The tensor is not on the CPU, not contiguous, or over 2 GiB.</exception>
    public static TensorSpan<byte> OpenBytes(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new TensorSpan<byte>(tensor, Bytes(tensor));
    }

    /// <summary>A new CPU tensor with a copy of the values.</summary>
    /// <param name="values">Elements in row-major order.</param>
    /// <param name="shape">Its sizes; their product is the number of values. None gives a vector.</param>
    /// <exception cref="ArgumentException">The shape does not fit the number of values.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, params long[] shape) where T : unmanaged =>
        FromBytes(MemoryMarshal.AsBytes(values), ElementTypes.TypeOf<T>(), shape.Length == 0 ? [values.Length] : shape);

    /// <summary>A new float32 CPU tensor with a copy of the values; see <see cref="From{T}"/>.</summary>
    public static Tensor FromFloats(ReadOnlySpan<float> values, params long[] shape) => From(values, shape);

    /// <summary>A new CPU tensor from raw memory in the machine's byte order.</summary>
    /// <param name="bytes">Elements in row-major order.</param>
    /// <param name="type">Data type of the elements.</param>
    /// <param name="shape">Sizes; empty for a scalar.</param>
    /// <exception cref="ArgumentException">The byte count does not fit type and shape.</exception>
    public static Tensor FromBytes(ReadOnlySpan<byte> bytes, ScalarType type, params long[] shape)
    {
        var needed = ElementTypes.SizeOf(type) * shape.Aggregate(1L, (product, size) => checked(product * size));
        if (shape.Any(size => size < 0) || needed != bytes.Length)
            throw new ArgumentException($"[{string.Join(", ", shape)}] of {type} takes {needed} bytes, there are {bytes.Length}", nameof(bytes));
        var tensor = empty(shape, type);
        if (needed == 0) return tensor;
        using var memory = OpenBytes(tensor);
        bytes.CopyTo(memory.Values);
        return tensor;
    }

    /// <summary>A copy of the tensor's elements in row-major order, from any device and any strides.</summary>
    /// <exception cref="ArgumentException">The tensor's data type is not <typeparamref name="T"/>, or it is over 2 GiB.</exception>
    public static T[] ToArray<T>(Tensor tensor) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var memory = Open<T>(tensor.detach().cpu().contiguous());
        return memory.Values.ToArray();
    }

    private static Span<byte> Bytes(Tensor tensor)
    {
        if (tensor.device_type != TorchSharp.DeviceType.CPU)
            throw new ArgumentException($"the tensor is on {tensor.device}, only CPU memory can be read as a span", nameof(tensor));
        if (!tensor.is_contiguous())
            throw new ArgumentException("the tensor is not contiguous: call contiguous() first", nameof(tensor));
        var size = tensor.numel() * tensor.element_size();
        if (size > int.MaxValue)
            throw new ArgumentException($"the tensor takes {size} bytes, a span holds at most {int.MaxValue}", nameof(tensor));
        return size == 0 ? [] : tensor.bytes;
    }
}

/// <summary>Data types of tensors beside those of C# and their sizes.</summary>
internal static class ElementTypes
{
    internal static ScalarType TypeOf<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return ScalarType.Float32;
        if (typeof(T) == typeof(double)) return ScalarType.Float64;
        if (typeof(T) == typeof(Half)) return ScalarType.Float16;
        if (typeof(T) == typeof(BFloat16)) return ScalarType.BFloat16;
        if (typeof(T) == typeof(long)) return ScalarType.Int64;
        if (typeof(T) == typeof(int)) return ScalarType.Int32;
        if (typeof(T) == typeof(short)) return ScalarType.Int16;
        if (typeof(T) == typeof(sbyte)) return ScalarType.Int8;
        if (typeof(T) == typeof(byte)) return ScalarType.Byte;
        if (typeof(T) == typeof(bool)) return ScalarType.Bool;
        throw new ArgumentException($"no tensor holds elements of type {typeof(T).Name}");
    }

    internal static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Float64 or ScalarType.Int64 => 8,
        ScalarType.Float32 or ScalarType.Int32 => 4,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
        ScalarType.Int8 or ScalarType.Byte or ScalarType.Bool => 1,
        _ => throw new ArgumentException($"tensors of {type} are not supported"),
    };
}
