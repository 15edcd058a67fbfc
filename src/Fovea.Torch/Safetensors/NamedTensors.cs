using Fovea.Core.Errors;
using static TorchSharp.torch;

namespace Fovea.Torch.Safetensors;

/// <summary>Strict copying between tensors by name.</summary>
internal static class NamedTensors
{
    /// <summary>
    /// Copies into all targets, in place. Everything is checked before the first copy.
    /// </summary>
    internal static void CopyInto(
        IReadOnlyDictionary<string, Tensor> targets, IReadOnlyDictionary<string, Tensor> tensors, string source, string owner)
    {
        foreach (var (name, target) in targets) RequireFit(name, target, tensors, source, owner);
        foreach (var name in tensors.Keys.Where(name => !targets.ContainsKey(name)))
            throw new InputException($"{source}: holds tensor '{Shown.Name(name)}', which the {owner} does not have");
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, target) in targets) target.copy_(tensors[name]);
    }

    private static void RequireFit(
        string name, Tensor target, IReadOnlyDictionary<string, Tensor> tensors, string source, string owner)
    {
        if (!tensors.TryGetValue(name, out var found))
            throw new InputException($"{source}: lacks tensor '{name}' of shape {Shape(target)}, which the {owner} needs");
        if (!found.shape.SequenceEqual(target.shape))
            throw new InputException($"{source}: tensor '{name}' has shape {Shape(found)}, the {owner} needs {Shape(target)}");
        if (found.dtype != target.dtype)
            throw new InputException($"{source}: tensor '{name}' holds {found.dtype}, the {owner} needs {target.dtype}");
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
