using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// Arrays that never change as tensors of one device and data type, each copied there once. They outlive every dispose scope
/// until this is disposed, and are told apart by reference.
/// </summary>
internal sealed class TensorConstants(Device device, ScalarType dtype) : IDisposable
{
    private readonly Dictionary<object, Tensor> _tensors = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the constants can meet this tensor in an operation.</summary>
    public bool Fit(Tensor tensor) =>
        tensor.dtype == dtype && tensor.device_type == device.type && tensor.device_index == device.index;

    /// <summary>Indices, [count] of int64.</summary>
    public Tensor Indices(long[] values) => Get(values, () => TensorSpans.From<long>(values));

    /// <summary>Numbers in the data type, [count].</summary>
    public Tensor Numbers(double[] values) => Get(values, () => TensorSpans.From<double>(values).to(dtype));

    /// <summary>A matrix without entries other than zero, flat. Not kept.</summary>
    public Tensor Zeros(long count) => zeros(count, dtype, device);

    /// <summary>The rows (entries of a vector) of a tensor with these indices.</summary>
    public Tensor Rows(Tensor source, long[] indices) => source.index_select(0, Indices(indices));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
    }

    private Tensor Get(object key, Func<Tensor> create)
    {
        if (_tensors.TryGetValue(key, out var known)) return known;
        using var scope = NewDisposeScope();
        return _tensors[key] = create().to(device).DetachFromDisposeScope();
    }
}
