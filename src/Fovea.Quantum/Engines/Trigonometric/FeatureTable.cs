using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>
/// The functions of the inputs that terms are made of. Feature 0 is 1; features 1 + 3q, 2 + 3q and 3 + 3q are ⟨X⟩, ⟨Y⟩ and ⟨Z⟩
/// of wire q in the product state; the others are products of these over several wires, each made once.
/// </summary>
internal sealed class FeatureTable(int wireCount)
{
    private readonly Dictionary<PauliString, int> _known = [];
    private readonly List<FeatureProduct> _products = [];

    /// <summary>The constant 1.</summary>
    public const int One = 0;

    /// <summary>Products in the order in which they can be computed.</summary>
    public IReadOnlyList<FeatureProduct> Products => _products;

    /// <summary>Number of features.</summary>
    public int Count => 1 + (3 * wireCount) + _products.Count;

    /// <summary>The first of the three features of a wire.</summary>
    public static int OfWire(int wire) => 1 + (3 * wire);

    /// <summary>The feature of a Pauli string: the product of its wires' components.</summary>
    public int Of(PauliString pauli)
    {
        if (pauli.Support == 0)
            return One;
        var highest = BitOperations.Log2(pauli.Support);
        if (pauli.Weight == 1)
            return OfWire(highest) + "XYZ".IndexOf(pauli[highest], StringComparison.Ordinal);
        if (_known.TryGetValue(pauli, out var feature))
            return feature;
        var bit = 1UL << highest;
        var left = Of(new PauliString(pauli.X & ~bit, pauli.Z & ~bit));
        var right = Of(new PauliString(pauli.X & bit, pauli.Z & bit));
        feature = Count;
        _products.Add(new FeatureProduct(feature, left, right));
        _known.Add(pauli, feature);
        return feature;
    }
}

/// <summary>One rotation of a wire's Bloch vector, which turns two of its components: (a, b) ← (c·a − s·b, c·b + s·a).</summary>
/// <param name="Rotation">The rotation.</param>
/// <param name="First">Feature of the component a.</param>
/// <param name="Second">Feature of the component b.</param>
internal readonly record struct EntryTurn(PauliRotationGate Rotation, int First, int Second)
{
    /// <summary>The turn of a rotation about X, Y or Z of <paramref name="wire"/>: about X it turns Y to Z, and so on around.</summary>
    public static EntryTurn Of(PauliRotationGate rotation, int wire)
    {
        var axis = "XYZ".IndexOf(rotation.Axis[wire], StringComparison.Ordinal);
        var features = FeatureTable.OfWire(wire);
        return new(rotation, features + ((axis + 1) % 3), features + ((axis + 2) % 3));
    }
}
