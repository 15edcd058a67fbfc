using Fovea.Quantum.Circuits;
using Fovea.Quantum.PauliPropagation;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>The angles of some rotations of one source, computed at once: scale · value, or scale · value · second value.</summary>
internal sealed class AngleColumn
{
    private readonly bool _isInput;
    private readonly long[] _indices;
    private readonly long[]? _secondIndices;
    private readonly double[] _scales;

    /// <summary>The angles of rotations that all have the <see cref="Source"/> of the first.</summary>
    /// <param name="rotations">At least one.</param>
    /// <param name="weightCount">Number of weights: a constant angle is a multiple of the 1 behind them.</param>
    public AngleColumn(IReadOnlyList<PauliRotationGate> rotations, int weightCount)
    {
        _isInput = rotations[0].IsInput;
        _indices = [.. rotations.Select(rotation => (long)(rotation.Angle.Source == AngleSource.Constant ? weightCount : rotation.Angle.Index))];
        _scales = [.. rotations.Select(rotation => rotation.Scale)];
        if (rotations[0].Angle.Source == AngleSource.InputProduct)
            _secondIndices = [.. rotations.Select(rotation => (long)rotation.Angle.SecondIndex)];
    }

    /// <summary>The source that rotations of one column share; weights and constants count as one.</summary>
    public static AngleSource Source(PauliRotationGate rotation) =>
        rotation.Angle.Source == AngleSource.Constant ? AngleSource.Weight : rotation.Angle.Source;

    /// <summary>[rotations, batch], or [rotations, 1] where they are the same for every sample.</summary>
    /// <param name="inputs">[inputs, batch].</param>
    /// <param name="weights">[weights + 1, 1], the last one 1.</param>
    /// <param name="constants">Of the tensors' device and type.</param>
    public Tensor Of(Tensor inputs, Tensor weights, TensorConstants constants)
    {
        var values = constants.Rows(_isInput ? inputs : weights, _indices);
        if (_secondIndices is not null) values = values.mul(constants.Rows(inputs, _secondIndices));
        return values.mul(constants.Numbers(_scales).view(-1, 1));
    }
}
