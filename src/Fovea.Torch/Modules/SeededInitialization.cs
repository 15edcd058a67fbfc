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

    // Dimension 1 for transposed convolutions too, where it is the output side: PyTorch's default counts that way.
    private static void ByFanIn(ParameterInitializer initializer, Tensor? weight, Tensor? bias)
    {
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
