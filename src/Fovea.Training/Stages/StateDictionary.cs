using Fovea.Core.Errors;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Puts the parts of a stage's state under prefixes, and takes them out again.</summary>
public static class StateDictionary
{
    /// <summary>All parts in one, each name behind its part's prefix and a point.</summary>
    public static Dictionary<string, Tensor> Join(params (string Prefix, IReadOnlyDictionary<string, Tensor> Part)[] parts) =>
        parts.SelectMany(p => p.Part.Select(t => (Key: $"{p.Prefix}.{t.Key}", t.Value))).ToDictionary(t => t.Key, t => t.Value);

    /// <summary>The tensors behind one prefix, under their own names.</summary>
    /// <param name="state">The whole.</param>
    /// <param name="prefix">The part's prefix, without the point.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="InputException">There is no such part.</exception>
    public static Dictionary<string, Tensor> Part(this IReadOnlyDictionary<string, Tensor> state, string prefix, string source)
    {
        var part = state.Where(t => t.Key.StartsWith(prefix + ".", StringComparison.Ordinal)).ToDictionary(t => t.Key[(prefix.Length + 1)..], t => t.Value);
        return part.Count > 0 ? part : throw new InputException($"{source}: has no part '{prefix}'; it belongs to another kind of run");
    }
}
