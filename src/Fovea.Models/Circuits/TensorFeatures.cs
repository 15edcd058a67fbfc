using Fovea.Quantum.Engines.Trigonometric;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// The features of a plan as rows of one tensor: 1, components of Bloch vectors, and their products over several wires, made
/// wire by wire. Rows of one wire multiply by the same row, which is broadcast, so no gathered row occurs twice in an operation
/// and the gradients, too, add up in a fixed order.
/// </summary>
internal sealed class TensorFeatures
{
    private static readonly double[] One = [1];
    private readonly IReadOnlyList<BlochGroup> _groups;
    private readonly List<(long[] Left, int Right)[]> _products = [];
    private readonly Dictionary<int, long> _rows = new() { [FeatureTable.One] = 0 };

    /// <summary>Lays out the features of a plan.</summary>
    public TensorFeatures(TrigonometricPlan plan)
    {
        _groups = BlochGroup.Of(plan.Entry, plan.Circuit.WeightCount);
        foreach (var group in _groups)
        {
            foreach (var component in group.Components)
            {
                foreach (var wire in group.Wires) _rows.Add(FeatureTable.OfWire(wire) + component, _rows.Count);
            }
        }

        // The right factor is a component of the product's highest wire, the left one a product of lower wires: made before.
        foreach (var wire in plan.Products.GroupBy(product => WireOf(product.Right)).OrderBy(products => products.Key))
        {
            var sets = wire.GroupBy(product => product.Right).ToArray();
            _products.Add([.. sets.Select(set => (set.Select(product => _rows[product.Left]).ToArray(), (int)_rows[set.Key]))]);
            foreach (var product in sets.SelectMany(set => set)) _rows.Add(product.Result, _rows.Count);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>The row of a feature.</summary>
    public long Row(int feature) => _rows[feature];

    /// <summary>[rows, batch].</summary>
    /// <param name="inputs">[inputs, batch].</param>
    /// <param name="weights">[weights + 1, 1], the last one 1.</param>
    /// <param name="constants">Of the tensors' device and type.</param>
    public Tensor Of(Tensor inputs, Tensor weights, TensorConstants constants)
    {
        var ones = constants.Numbers(One).view(1, 1).expand(1, inputs.shape[1]);
        var features = cat([ones, .. _groups.SelectMany(group => group.Turn(inputs, weights, constants))], 0);
        foreach (var wire in _products)
            features = cat([features, .. wire.Select(set => constants.Rows(features, set.Left).mul(features.narrow(0, set.Right, 1)))], 0);
        return features;
    }

    private static int WireOf(int feature) => (feature - FeatureTable.OfWire(0)) / 3;
}
