using System.Numerics;
using System.Runtime.InteropServices;
using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2), with
/// state by parameter name, so that training resumes exactly. The learning rate is an argument of each step. Made for parameters
/// on their final device: they must not be replaced (<c>module.to</c>) afterwards. Steps are counted for all parameters together;
/// a parameter without a gradient is skipped.
/// </summary>
public sealed class AdamW : IDisposable
{
    private const string FirstPrefix = "first_moment.";
    private const string SecondPrefix = "second_moment.";
    private const string StepName = "step";

    private readonly AdamWOptions _options;
    private readonly List<AdamWSlot> _slots = [];

    /// <summary>Creates the optimizer of all parameters of a module that require a gradient.</summary>
    /// <param name="module">The module.</param>
    /// <param name="options">Constants; the defaults when null.</param>
    /// <param name="groupOf">The group of each parameter, by its name; the common one when null.</param>
    /// <exception cref="Fovea.Core.Errors.InputException">A constant is out of its range.</exception>
    public AdamW(nn.Module module, AdamWOptions? options = null, Func<string, ParameterGroup>? groupOf = null)
        : this((module ?? throw new ArgumentNullException(nameof(module))).named_parameters(), options, groupOf) { }

    /// <summary>Creates the optimizer of chosen parameters.</summary>
    /// <param name="parameters">Parameters by unique name. Those that require no gradient are left out.</param>
    /// <param name="options">Constants; the defaults when null.</param>
    /// <param name="groupOf">The group of each parameter, by its name; the common one when null.</param>
    /// <exception cref="Fovea.Core.Errors.InputException">A constant is out of its range.</exception>
    public AdamW(IEnumerable<(string Name, Parameter Parameter)> parameters, AdamWOptions? options = null, Func<string, ParameterGroup>? groupOf = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _options = options ?? new AdamWOptions();
        _options.Validate();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, parameter) in parameters.Where(p => p.Parameter.requires_grad))
        {
            if (!names.Add(name)) throw new ArgumentException($"two parameters have the name '{name}'", nameof(parameters));
            _slots.Add(new AdamWSlot(name, parameter, Zeros(parameter), Zeros(parameter), groupOf?.Invoke(name) ?? ParameterGroup.Common));
        }
    }

    /// <summary>Steps done so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>The parameters that are optimised.</summary>
    public IEnumerable<Parameter> Parameters => _slots.Select(s => s.Parameter);

    /// <summary>Changes the parameters by their gradients.</summary>
    /// <param name="learningRate">Learning rate of this step, which each group multiplies by its factor; not negative.</param>
    /// <param name="forEach">Does so many pieces of work, on several threads if it likes (<see cref="DataParallel{TNetwork}.ForEach"/>); null for one after the
    /// other.</param>
    public void Step(double learningRate, Action<int, Action<int>>? forEach = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        StepCount++;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var work = new List<(AdamWSlot Slot, Tensor Gradient)>(_slots.Count);
        foreach (var slot in _slots)
            if (slot.Parameter.grad is { } gradient) work.Add((slot, gradient));
        var spans = new List<(AdamWSlot Slot, Tensor Gradient, AdamWCoefficients Coefficients)>(work.Count);
        foreach (var group in work.GroupBy(w => w.Slot.Group))
        {
            var coefficients = AdamWCoefficients.At(
                StepCount, learningRate * group.Key.RateFactor, group.Key.Decays ? _options : _options with { WeightDecay = 0 });
            AdamWTensorStep.Apply(group.Where(w => !AdamWSpanStep.CanApply(w.Slot, w.Gradient)), coefficients);
            spans.AddRange(group.Where(w => AdamWSpanStep.CanApply(w.Slot, w.Gradient)).Select(w => (w.Slot, w.Gradient, coefficients)));
        }

        (forEach ?? OneAfterTheOther)(spans.Count, i => AdamWSpanStep.Apply(spans[i].Slot, spans[i].Gradient, spans[i].Coefficients));
    }

    internal static void OneAfterTheOther(int count, Action<int> work)
    {
        for (var i = 0; i < count; i++) work(i);
    }

    /// <summary>Drops the gradients, so that the next backward pass starts anew and need not add.</summary>
    public void ClearGradients()
    {
        foreach (var slot in _slots) slot.Parameter.grad = null;
    }

    /// <summary>
    /// What a checkpoint must hold: <c>first_moment.NAME</c> and <c>second_moment.NAME</c> (the own tensors, not copies) and
    /// <c>step</c> (int64), which belongs to the caller.
    /// </summary>
    public Dictionary<string, Tensor> State()
    {
        var state = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [StepName] = tensor(StepCount) };
        foreach (var slot in _slots)
        {
            state.Add(FirstPrefix + slot.Name, slot.First);
            state.Add(SecondPrefix + slot.Name, slot.Second);
        }

        return state;
    }

    /// <summary>Restores what <see cref="State"/> gave, exactly.</summary>
    /// <param name="state">The tensors.</param>
    /// <param name="source">What to name in messages: the file.</param>
    /// <exception cref="Fovea.Core.Errors.InputException">A tensor is missing, left over, or of another shape or type.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source = "checkpoint")
    {
        using var scope = NewDisposeScope();
        var targets = State();
        NamedTensors.CopyInto(targets, state, source, "optimizer");
        StepCount = targets[StepName].item<long>();
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.First.Dispose();
            slot.Second.Dispose();
        }
    }

    private static Tensor Zeros(Parameter parameter) =>
        zeros(parameter.shape, parameter.dtype, parameter.device).DetachFromDisposeScope();
}

/// <summary>Constants of AdamW.</summary>
public sealed record AdamWOptions
{
    /// <summary>Decay of the gradient's running mean, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the squared gradient's running mean, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the squared gradient's mean; positive.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay, multiplied by the learning rate; not negative.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="InputException">One line that names the setting and the allowed values.</exception>
    public void Validate()
    {
        Require(Beta1 is >= 0 and < 1, "beta1", Beta1, "from 0 to below 1");
        Require(Beta2 is >= 0 and < 1, "beta2", Beta2, "from 0 to below 1");
        Require(Epsilon is > 0 and < double.PositiveInfinity, "epsilon", Epsilon, "above 0");
        Require(WeightDecay is >= 0 and < double.PositiveInfinity, "weight decay", WeightDecay, "0 or more");
    }

    private static void Require(bool holds, string name, double value, string allowed)
    {
        if (!holds) throw new InputException($"optimizer: {name} is {value}; allowed: {allowed}");
    }
}

/// <summary>Parameters that an optimizer treats alike.</summary>
/// <param name="RateFactor">The group's learning rate in units of that of the step; positive.</param>
/// <param name="Decays">Whether weight decay pulls the group to 0, which means nothing to an angle.</param>
/// <param name="Orthogonal">Whether <see cref="Muon"/> changes the group in place of <see cref="AdamW"/>.</param>
public sealed record ParameterGroup(double RateFactor = 1, bool Decays = true, bool Orthogonal = false)
{
    /// <summary>The step's own rate, with decay.</summary>
    public static ParameterGroup Common { get; } = new();
}

/// <summary>A parameter, its two moments and its group.</summary>
internal sealed record AdamWSlot(string Name, Parameter Parameter, Tensor First, Tensor Second, ParameterGroup Group);

/// <summary>The numbers of one AdamW step, equal for all parameters of a group.</summary>
/// <param name="Keep">What weight decay leaves of a parameter: 1 − rate · decay.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="StepSize">Learning rate over the first moment's bias correction 1 − β₁ᵗ.</param>
/// <param name="RootCorrection">√(1 − β₂ᵗ), the second moment's bias correction.</param>
/// <param name="Epsilon">Added to the denominator.</param>
internal readonly record struct AdamWCoefficients(
    double Keep, double Beta1, double Beta2, double StepSize, double RootCorrection, double Epsilon)
{
    internal static AdamWCoefficients At(long step, double learningRate, AdamWOptions options) => new(
        1 - learningRate * options.WeightDecay,
        options.Beta1,
        options.Beta2,
        learningRate / (1 - Math.Pow(options.Beta1, step)),
        Math.Sqrt(1 - Math.Pow(options.Beta2, step)),
        options.Epsilon);
}

/// <summary>
/// The step in one pass over CPU memory. In tensor operations it takes eight passes over each parameter, and the step is bound by
/// memory.
/// </summary>
internal static class AdamWSpanStep
{
    internal static bool CanApply(AdamWSlot slot, Tensor gradient) =>
        slot.Parameter.dtype == ScalarType.Float32 && gradient.dtype == ScalarType.Float32
        && slot.Parameter.device_type == TorchSharp.DeviceType.CPU && !gradient.is_sparse
        && slot.Parameter.is_contiguous() && gradient.is_contiguous();

    internal static void Apply(AdamWSlot slot, Tensor gradient, AdamWCoefficients coefficients)
    {
        using var parameter = TensorSpans.Open<float>(slot.Parameter);
        using var first = TensorSpans.Open<float>(slot.First);
        using var second = TensorSpans.Open<float>(slot.Second);
        using var gradients = TensorSpans.Open<float>(gradient);
        Apply(parameter.Values, gradients.Values, first.Values, second.Values, coefficients);
    }

    private static void Apply(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, AdamWCoefficients c)
    {
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients)[..p.Length];
        var m = MemoryMarshal.Cast<float, Vector<float>>(first)[..p.Length];
        var v = MemoryMarshal.Cast<float, Vector<float>>(second)[..p.Length];
        var (beta1, rest1) = (new Vector<float>((float)c.Beta1), new Vector<float>((float)(1 - c.Beta1)));
        var (beta2, rest2) = (new Vector<float>((float)c.Beta2), new Vector<float>((float)(1 - c.Beta2)));
        var (keep, stepSize) = (new Vector<float>((float)c.Keep), new Vector<float>((float)c.StepSize));
        var (rootCorrection, epsilon) = (new Vector<float>((float)c.RootCorrection), new Vector<float>((float)c.Epsilon));
        for (var i = 0; i < p.Length; i++)
        {
            var gradient = g[i];
            var mean = m[i] * beta1 + gradient * rest1;
            var square = v[i] * beta2 + gradient * gradient * rest2;
            (m[i], v[i]) = (mean, square);
            p[i] = p[i] * keep - stepSize * mean / (Vector.SquareRoot(square) / rootCorrection + epsilon);
        }

        for (var i = p.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            first[i] = first[i] * (float)c.Beta1 + gradients[i] * (float)(1 - c.Beta1);
            second[i] = second[i] * (float)c.Beta2 + gradients[i] * gradients[i] * (float)(1 - c.Beta2);
            parameters[i] = parameters[i] * (float)c.Keep
                - (float)c.StepSize * first[i] / (MathF.Sqrt(second[i]) / (float)c.RootCorrection + (float)c.Epsilon);
        }
    }
}

/// <summary>The step in tensor operations: any device, any type.</summary>
internal static class AdamWTensorStep
{
    internal static void Apply(IEnumerable<(AdamWSlot Slot, Tensor Gradient)> work, AdamWCoefficients c)
    {
        // Held by name to the end: a dispose scope does not keep a scalar alive.
        using var keep = (Scalar)c.Keep;
        using var beta1 = (Scalar)c.Beta1;
        using var rest1 = (Scalar)(1 - c.Beta1);
        using var beta2 = (Scalar)c.Beta2;
        using var rest2 = (Scalar)(1 - c.Beta2);
        using var rootCorrection = (Scalar)c.RootCorrection;
        using var epsilon = (Scalar)c.Epsilon;
        using var stepSize = (Scalar)(-c.StepSize);
        foreach (var (slot, gradient) in work)
        {
            using var scope = NewDisposeScope();
            slot.First.mul_(beta1).add_(gradient, rest1);
            slot.Second.mul_(beta2).addcmul_(gradient, gradient, rest2);
            var denominator = slot.Second.sqrt().div_(rootCorrection).AddInPlace(epsilon);
            slot.Parameter.mul_(keep).addcdiv_(slot.First, denominator, stepSize);
        }
    }
}
