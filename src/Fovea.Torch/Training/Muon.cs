using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>
/// Muon: momentum whose update of each matrix is replaced by a matrix near to the orthogonal one of its polar decomposition, so that all directions of a matrix
/// move alike (Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024). Updates are scaled as in Liu et al., "Muon is scalable for LLM
/// training", 2025 (arXiv 2502.16982), section 2.2, to the size of AdamW's, whose rate and decay they take. For parameters of two and more dimensions; a
/// convolution [outputs, inputs, height, width] is the matrix [outputs, inputs · height · width]. State is by parameter name, so that training resumes exactly.
/// </summary>
public sealed class Muon : IDisposable
{
    private const string MomentumPrefix = "momentum.";
    private const double Decay = 0.95;
    private const double RootMeanSquare = 0.2;

    private readonly double _weightDecay;
    private readonly List<(string Name, Parameter Parameter, Tensor Momentum, ParameterGroup Group)> _slots = [];

    /// <summary>Creates the optimizer of chosen parameters.</summary>
    /// <param name="parameters">Parameters by unique name, of two and more dimensions.</param>
    /// <param name="weightDecay">Decoupled weight decay, multiplied by the learning rate; not negative.</param>
    /// <param name="groupOf">The group of each parameter, by its name; the common one when null.</param>
    /// <exception cref="ArgumentException">A parameter has fewer than two dimensions.</exception>
    public Muon(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay = 0.01, Func<string, ParameterGroup>? groupOf = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        _weightDecay = weightDecay;
        foreach (var (name, parameter) in parameters.Where(p => p.Parameter.requires_grad))
        {
            if (parameter.dim() < 2) throw new ArgumentException($"'{name}' has {parameter.dim()} dimensions; a matrix has two or more", nameof(parameters));
            var momentum = zeros(parameter.shape, parameter.dtype, parameter.device).DetachFromDisposeScope();
            _slots.Add((name, parameter, momentum, groupOf?.Invoke(name) ?? ParameterGroup.Common));
        }
    }

    /// <summary>The parameters that are optimised.</summary>
    public IEnumerable<Parameter> Parameters => _slots.Select(s => s.Parameter);

    /// <summary>Changes the parameters by their gradients.</summary>
    /// <param name="learningRate">Learning rate of this step, which each group multiplies by its factor; not negative.</param>
    /// <param name="forEach">Does so many pieces of work, on several threads if it likes (<see cref="DataParallel{TNetwork}.ForEach"/>); null for one after the
    /// other.</param>
    public void Step(double learningRate, Action<int, Action<int>>? forEach = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        using var noGradient = no_grad();
        (forEach ?? AdamW.OneAfterTheOther)(_slots.Count, i =>
        {
            // The gradient, too, is a new handle each time that it is asked for.
            using var scope = NewDisposeScope();
            var (_, parameter, momentum, group) = _slots[i];
            if (parameter.grad is not { } gradient) return;
            Change(parameter, momentum, gradient, learningRate * group.RateFactor, group.Decays ? _weightDecay : 0);
        });
    }

    /// <summary>Drops the gradients, so that the next backward pass starts anew and need not add.</summary>
    public void ClearGradients()
    {
        foreach (var slot in _slots) slot.Parameter.grad = null;
    }

    /// <summary>
    /// A matrix with the singular vectors of another, and singular values between about 0.7 and 1.2: five steps of Newton and Schulz with the quintic of Jordan
    /// et
    /// al., which approaches 1 fast and does not settle there.
    /// </summary>
    /// <param name="matrix">[rows, columns], of any scale; singular values far below the norm (by 1000 and more) come out smaller.</param>
    /// <returns>[rows, columns], a new tensor in the caller's dispose scope.</returns>
    public static Tensor Orthogonalize(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        // Products of the shorter side are the smaller ones.
        var turned = matrix.shape[0] > matrix.shape[1];
        var x = turned ? matrix.t() : matrix;
        using var smallest = (Scalar)1e-12;
        x = x.div(x.norm().clamp_min(smallest));
        using var linear = (Scalar)3.4445;
        using var cubic = (Scalar)(-4.7750);
        using var quintic = (Scalar)2.0315;
        for (var i = 0; i < 5; i++)
        {
            var square = x.mm(x.t());
            x = square.mul(cubic).AddInPlace(square.mm(square).mul(quintic)).mm(x).AddInPlace(x.mul(linear));
        }

        return (turned ? x.t() : x).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>What a checkpoint must hold: <c>momentum.NAME</c>, the own tensors and not copies.</summary>
    public Dictionary<string, Tensor> State() => _slots.ToDictionary(slot => MomentumPrefix + slot.Name, slot => slot.Momentum, StringComparer.Ordinal);

    /// <summary>Restores what <see cref="State"/> gave, exactly.</summary>
    /// <param name="state">The tensors.</param>
    /// <param name="source">What to name in messages: the file.</param>
    /// <exception cref="InputException">A tensor is missing, left over, or of another shape or type.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source = "checkpoint") =>
        NamedTensors.CopyInto(State(), state, source, "optimizer");

    /// <summary>Frees the momenta.</summary>
    public void Dispose()
    {
        foreach (var slot in _slots) slot.Momentum.Dispose();
    }

    private static void Change(Parameter parameter, Tensor momentum, Tensor gradient, double rate, double weightDecay)
    {
        var rows = parameter.shape[0];
        var columns = parameter.numel() / rows;
        using var decay = (Scalar)Decay;
        momentum.mul_(decay).AddInPlace(gradient);
        // Nesterov's: where the momentum will be, not where it is.
        var direction = Orthogonalize(momentum.mul(decay).AddInPlace(gradient).view(rows, columns));
        using var keep = (Scalar)(1 - rate * weightDecay);
        using var size = (Scalar)(-rate * RootMeanSquare * Math.Sqrt(Math.Max(rows, columns)));
        parameter.mul_(keep).add_(direction.view(parameter.shape), size);
    }
}
