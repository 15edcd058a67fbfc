using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Models.Graphs;

/// <summary>A feature map in a graph, [batch, channels, height, width], of which the batch alone is open.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct GraphMap(string Name, long Channels, long Height, long Width);

/// <summary>The parts of a module by their names, which are those of its weights in files.</summary>
internal static class ModuleParts
{
    /// <summary>A part that the module has.</summary>
    /// <exception cref="InvalidOperationException">It has none of that name and type.</exception>
    internal static TPart Part<TPart>(this nn.Module module, string name) where TPart : nn.Module => module.Find<TPart>(name)
        ?? throw new InvalidOperationException($"{module.GetName()} has no part '{name}' that is a {typeof(TPart).Name}");

    /// <summary>A part that the module may have.</summary>
    internal static TPart? Find<TPart>(this nn.Module module, string name) where TPart : nn.Module =>
        module.named_children().FirstOrDefault(part => part.name == name).module as TPart;

    /// <summary>The parameter of a name that belongs to the module itself.</summary>
    internal static Tensor Parameter(this nn.Module module, string name) =>
        module.named_parameters(recurse: false).First(entry => entry.name == name).parameter;

    /// <summary>A tensor's numbers row by row.</summary>
    internal static float[] Values(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return TensorSpans.ToArray<float>(tensor.detach().cpu().contiguous());
    }
}
