using Fovea.Core.Errors;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Puts the parts of a stage's state under prefixes, and takes them out again.</summary>
internal static class StateDictionary
{
    internal static Dictionary<string, Tensor> Join(params (string Prefix, IReadOnlyDictionary<string, Tensor> Part)[] parts) =>
        parts.SelectMany(p => p.Part.Select(t => (Key: $"{p.Prefix}.{t.Key}", t.Value))).ToDictionary(t => t.Key, t => t.Value);

    internal static Dictionary<string, Tensor> Part(this IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        var part = state.Where(t => t.Key.StartsWith(prefix + ".", StringComparison.Ordinal)).ToDictionary(t => t.Key[(prefix.Length + 1)..], t => t.Value);
        return part.Count > 0 ? part : throw new InputException($"the checkpoint has no part '{prefix}'; it belongs to another kind of run");
    }

    /// <summary>The parameters and buffers of a module by name.</summary>
    internal static Dictionary<string, Tensor> Of(nn.Module module) => module.state_dict().ToDictionary(t => t.Key, t => t.Value);

    /// <summary>Copies values into a module's parameters and buffers.</summary>
    internal static void CopyInto(nn.Module module, IReadOnlyDictionary<string, Tensor> values)
    {
        using var noGradient = no_grad();
        foreach (var (name, target) in module.state_dict())
        {
            if (!values.TryGetValue(name, out var value) || !value.shape.AsSpan().SequenceEqual(target.shape))
                throw new InputException($"the checkpoint's tensor '{name}' is missing or has another shape than [{string.Join(", ", target.shape)}]");
            target.copy_(value);
        }
    }
}
