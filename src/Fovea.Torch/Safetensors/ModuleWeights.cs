using Fovea.Core.Errors;
using static TorchSharp.torch;

namespace Fovea.Torch.Safetensors;

/// <summary>Parameters and persistent buffers of a module, to and from safetensors files and tensors by name.</summary>
public static class ModuleWeights
{
    /// <summary>The module's own tensors by name (not copies), each name with the prefix in front.</summary>
    /// <exception cref="InvalidOperationException">
    /// Two names stand for one tensor: a field was registered by hand and again by TorchSharp. Averages, files and copies to another
    /// type would then treat it as two.
    /// </exception>
    public static Dictionary<string, Tensor> Collect(nn.Module module, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(module);
        var tensors = module.state_dict();
        RequireOneNameEach(tensors);
        return tensors.ToDictionary(p => prefix + p.Key, p => p.Value, StringComparer.Ordinal);
    }

    /// <summary>Writes the module's parameters and buffers; see <see cref="SafetensorsFile.Save"/>.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Free text entries.</param>
    /// <param name="asHalf">
    /// Whether float32 tensors are rounded to float16: half the bytes, a relative error of up to 1/2048. For weights that are only applied, not
    /// trained on. Tensors of other types stay as they are.
    /// </param>
    /// <exception cref="InvalidOperationException">A value does not fit into float16.</exception>
    public static void Save(nn.Module module, string path, IReadOnlyDictionary<string, string>? metadata = null, bool asHalf = false)
    {
        using var scope = NewDisposeScope();
        var tensors = Collect(module);
        SafetensorsFile.Save(path, asHalf ? tensors.ToDictionary(p => p.Key, p => Halved(p.Key, p.Value), StringComparer.Ordinal) : tensors, metadata);
    }

    /// <summary>Reads a file into a new module, which is given back or, where the file does not fit, disposed of.</summary>
    /// <inheritdoc cref="LoadInto(nn.Module, string, bool)"/>
    public static TModule Fill<TModule>(TModule module, string path, bool acceptHalf = false)
        where TModule : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        try
        {
            LoadInto(module, path, acceptHalf);
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file into the module and returns the file's metadata; see the other overload.</summary>
    /// <param name="module">The module to change.</param>
    /// <param name="path">The file.</param>
    /// <param name="acceptHalf">
    /// Whether float16 tensors are taken for the module's float32 ones, widened without loss. Any other difference of types is refused.
    /// </param>
    /// <exception cref="InputException">The file is unsound or does not fit the module.</exception>
    public static IReadOnlyDictionary<string, string> LoadInto(nn.Module module, string path, bool acceptHalf = false)
    {
        using var scope = NewDisposeScope();
        using var content = SafetensorsFile.Load(path);
        var tensors = content.Tensors;
        if (acceptHalf)
        {
            var own = Collect(module);
            tensors = tensors.ToDictionary(p => p.Key, p => Widened(p.Value, own.GetValueOrDefault(p.Key)), StringComparer.Ordinal);
        }

        LoadInto(module, tensors, path);
        return content.Metadata;
    }

    /// <summary>
    /// Copies the tensors into the module's own, in place, on whatever device they are. Names, shapes and types must fit exactly;
    /// everything is checked before the first copy, so a failure leaves the module as it was.
    /// </summary>
    /// <param name="module">The module to change.</param>
    /// <param name="tensors">A tensor for each parameter and persistent buffer, and no other.</param>
    /// <param name="source">What to name in messages: the file.</param>
    /// <exception cref="InputException">A tensor is missing, left over, of another shape or type, or holds a number that is not finite.</exception>
    public static void LoadInto(nn.Module module, IReadOnlyDictionary<string, Tensor> tensors, string source)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        // One such number makes black images without a word.
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (name, tensor) in tensors)
        {
            if (tensor.is_floating_point() && !tensor.detach().isfinite().all().item<bool>())
                throw new InputException($"{source}: tensor '{PrintableText.Of(name, SafetensorsHeaderParser.LongestName)}' holds a number that is not finite");
        }

        NamedTensors.CopyInto(Collect(module), tensors, source, "model");
    }

    private static Tensor Halved(string name, Tensor tensor)
    {
        if (tensor.dtype != ScalarType.Float32) return tensor;
        using var noGradient = no_grad();
        var half = tensor.detach().to(ScalarType.Float16);
        return half.isfinite().all().item<bool>() ? half : throw new InvalidOperationException($"tensor '{name}' has values that do not fit into float16");
    }

    private static Tensor Widened(Tensor found, Tensor? own) =>
        found.dtype == ScalarType.Float16 && own is { dtype: ScalarType.Float32 } ? found.to(ScalarType.Float32) : found;

    private static void RequireOneNameEach(Dictionary<string, Tensor> tensors)
    {
        var names = new Dictionary<Tensor, string>(ReferenceEqualityComparer.Instance);
        foreach (var (name, tensor) in tensors)
        {
            if (!names.TryAdd(tensor, name))
            {
                throw new InvalidOperationException(
                    $"the names '{names[tensor]}' and '{name}' stand for one tensor; give the field a [ComponentName] and register it once");
            }
        }
    }
}

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
        {
            throw new InputException(
                $"{source}: holds tensor '{PrintableText.Of(name, SafetensorsHeaderParser.LongestName)}', which the {owner} does not have");
        }

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
