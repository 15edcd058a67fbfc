using Fovea.Quantum.PauliPropagation;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// The pull-back of observables as tensor operations: every step turns pairs of coefficients, (a, b) ← (c·a − s·b, c·b + s·a).
/// It is computed in the data type of the weights (the engine on the CPU always takes double precision), one step after the
/// other, a handful of small operations each.
/// </summary>
internal sealed class TensorPullBack
{
    private readonly double[] _initial;
    private readonly AngleColumn? _angles;
    private readonly long[][] _pairs;

    /// <summary>Lays out a program.</summary>
    public TensorPullBack(PropagationProgram program, int weightCount)
    {
        _initial = [.. program.InitialCoefficients, .. new double[program.Strings.Count - program.InitialCoefficients.Count]];
        _pairs = [.. program.Steps.Select(step => step.First.Concat(step.Second).Select(slot => (long)slot).ToArray())];
        if (_pairs.Length > 0)
            _angles = new AngleColumn([.. program.Steps.Select(step => program.Rotations[step.Rotation])], weightCount);
    }

    /// <summary>[slots]: the coefficient of each Pauli string.</summary>
    /// <param name="weights">[weights + 1, 1], the last one 1.</param>
    /// <param name="constants">Of the tensor's device and type.</param>
    public Tensor Coefficients(Tensor weights, TensorConstants constants)
    {
        var coefficients = constants.Numbers(_initial);
        if (_angles is null) return coefficients;
        var angles = _angles.Of(weights, weights, constants);
        var sin = angles.sin();
        var cosines = angles.cos().unbind(0);
        var sines = stack([sin.neg(), sin], 1).unbind(0);
        for (var step = 0; step < _pairs.Length; step++)
        {
            var pairs = constants.Rows(coefficients, _pairs[step]).view(2, -1);
            var turned = pairs.mul(cosines[step]).Plus(pairs.flip(0).mul(sines[step]));
            coefficients = coefficients.index_copy(0, constants.Indices(_pairs[step]), turned.view(-1));
        }

        return coefficients;
    }
}
