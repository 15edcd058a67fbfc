using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.Engines.Trigonometric;

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
