using Fovea.Core.Random;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Torch.Modules;

/// <summary>
/// Gives all parameters of a module new initial values from an explicit seed. Each parameter has its own stream, derived from
/// its full name, so two models that share parts start those parts alike: what a paired comparison needs.
/// </summary>
public static class SeededInitialization
{
    /// <summary>
    /// Initialises the module and all its children, in place. Convolutions and linear layers: weight and bias uniform in
    /// ±1/√fanIn, PyTorch's default (Kaiming uniform with a = √5). Embeddings: standard normal. Normalisation layers: weight
    /// 1, bias 0. Modules that implement <see cref="ISeededModule"/> decide for themselves, after their children.
    /// </summary>
    /// <param name="module">The module; buffers (running statistics, schedule tables) are left as they are.</param>
    /// <param name="seed">Seed of the whole model.</param>
    /// <exception cref="ArgumentException">
    /// A module holds parameters, has none of the types above and does not implement <see cref="ISeededModule"/>.
    /// </exception>
    public static void Apply(nn.Module module, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var noGradient = no_grad();
        Apply(module, seed, "");
    }

    /// <summary>Initialises one module of a model as <see cref="Apply(nn.Module, ulong)"/> of the whole model would, in a fraction of the time.</summary>
    /// <param name="module">The module.</param>
    /// <param name="seed">Seed of the whole model.</param>
    /// <param name="path">Its path in the model, as <c>down.2.block</c>.</param>
    public static void ApplyToPart(nn.Module module, ulong seed, string path)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var noGradient = no_grad();
        Apply(module, seed, path + ".");
    }

    private static void Apply(nn.Module module, ulong seed, string prefix)
    {
        foreach (var (name, child) in module.named_children()) Apply(child, seed, prefix + name + ".");
        var initializer = new ParameterInitializer(seed, prefix);
        switch (module)
        {
            case ISeededModule seeded:
                seeded.InitializeParameters(initializer);
                break;
            case PaddedConvolution layer:
                ByFanIn(initializer, layer.Weight, layer.Bias);
                break;
            case Convolution layer:
                ByFanIn(initializer, layer.weight, layer.bias);
                break;
            case Linear layer:
                ByFanIn(initializer, layer.weight, layer.bias);
                break;
            case Embedding layer:
                initializer.Normal(layer.weight!, "weight", 1);
                break;
            case GroupNorm layer:
                OneAndZero(layer.weight, layer.bias);
                break;
            case LayerNorm layer:
                OneAndZero(layer.weight, layer.bias);
                break;
            case NormBase layer:
                OneAndZero(layer.weight, layer.bias);
                break;
            default:
                RequireNoParameters(module, prefix);
                break;
        }
    }

    /// <summary>
    /// Weight and bias uniform in ±1/√fanIn, by the streams of their names. Dimension 1 counts for transposed convolutions too, as in PyTorch's default.
    /// </summary>
    public static void ByFanIn(ParameterInitializer initializer, Tensor? weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        if (weight is null) return;
        var bound = 1 / Math.Sqrt(weight.shape.Skip(1).Aggregate(1L, (product, size) => product * size));
        initializer.Uniform(weight, "weight", -bound, bound);
        if (bias is not null) initializer.Uniform(bias, "bias", -bound, bound);
    }

    private static void OneAndZero(Tensor? weight, Tensor? bias)
    {
        if (weight is not null) ParameterInitializer.Constant(weight, 1);
        if (bias is not null) ParameterInitializer.Constant(bias, 0);
    }

    private static void RequireNoParameters(nn.Module module, string prefix)
    {
        foreach (var (name, _) in module.named_parameters(recurse: false))
        {
            throw new ArgumentException(
                $"no initial value is known for parameter '{prefix}{name}': {module.GetType().Name} must implement {nameof(ISeededModule)}",
                nameof(module));
        }
    }
}

/// <summary>
/// A module that knows how its own parameters start: one with bare parameters (circuit angles, learned scales), or one that
/// wants a child to start otherwise than the default (a last convolution of zeros).
/// </summary>
public interface ISeededModule
{
    /// <summary>
    /// Sets the initial values. Called by <see cref="SeededInitialization"/> without gradient tracking, after all children
    /// have been initialised, so that what is set here stays.
    /// </summary>
    /// <param name="initializer">Fills parameters from the stream of their name.</param>
    void InitializeParameters(ParameterInitializer initializer);
}

/// <summary>
/// Fills the parameters of one module with random numbers that depend on the seed and the parameter's full name only, not on
/// the order of construction, the other parameters, the data type or the device.
/// </summary>
public sealed class ParameterInitializer
{
    private readonly ulong _seed;
    private readonly string _prefix;

    internal ParameterInitializer(ulong seed, string prefix)
    {
        _seed = seed;
        _prefix = prefix;
    }

    /// <summary>
    /// Fills with numbers uniform in [<paramref name="low"/>, <paramref name="high"/>).
    /// </summary>
    /// <param name="parameter">The parameter, changed in place.</param>
    /// <param name="name">Its name within the module, which selects the stream: <c>weight</c>, <c>angles</c>.</param>
    /// <param name="low">Lower bound, included.</param>
    /// <param name="high">Upper bound, excluded.</param>
    public void Uniform(Tensor parameter, string name, double low, double high) =>
        Fill(parameter, name, random => random.NextDouble(low, high));

    /// <summary>Fills with normal numbers of mean 0.</summary>
    /// <param name="parameter">The parameter, changed in place.</param>
    /// <param name="name">Its name within the module, which selects the stream.</param>
    /// <param name="standardDeviation">Standard deviation.</param>
    public void Normal(Tensor parameter, string name, double standardDeviation) =>
        Fill(parameter, name, random => standardDeviation * random.NextNormal());

    /// <summary>Fills with one value.</summary>
    public static void Constant(Tensor parameter, double value)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var number = (Scalar)value;
        parameter.fill_(number);
    }

    // Drawn in double precision and cast by copy_: a float32 and a float64 model of one seed start from the same numbers.
    private void Fill(Tensor parameter, string name, Func<CounterRandom, double> draw)
    {
        var random = new CounterRandom(_seed, StableHash.Of(_prefix + name));
        var values = new double[parameter.numel()];
        for (var i = 0; i < values.Length; i++) values[i] = draw(random);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        parameter.copy_(tensor(values).reshape(parameter.shape));
    }
}
