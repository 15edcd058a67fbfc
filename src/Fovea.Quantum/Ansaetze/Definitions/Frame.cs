using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>The values of the variables while a section or a block runs.</summary>
internal sealed class Frame
{
    private readonly DefinitionSource _source;
    private readonly string _place;
    private readonly long[] _values;

    private Frame(DefinitionSource source, string place, int size)
    {
        _source = source;
        _place = place;
        _values = new long[size];
    }

    /// <summary>The values by slot, see <see cref="Scope"/>.</summary>
    public long this[int slot]
    {
        get => _values[slot];
        set => _values[slot] = value;
    }

    /// <summary>Without variables, for expressions that have none.</summary>
    public static Frame Constant(DefinitionSource source) => new(source, "", 0);

    /// <summary>With the number of wires alone.</summary>
    public static Frame OfWires(DefinitionSource source, int wires) =>
        new(source, $" (n = {wires})", 1) { [Scope.WiresSlot] = wires };

    /// <summary>With the number of wires, the layer, and room for what else a section declares.</summary>
    public static Frame OfLayer(DefinitionSource source, int wires, int layer, int size) =>
        new(source, $" (n = {wires}, l = {layer})", size) { [Scope.WiresSlot] = wires, [Scope.LayerSlot] = layer };

    /// <summary>A frame for a block that is called from this one.</summary>
    public Frame ForBlock(int size) =>
        new(_source, _place, size) { [Scope.WiresSlot] = this[Scope.WiresSlot], [Scope.LayerSlot] = this[Scope.LayerSlot] };

    /// <summary>A problem that shows with the values of this frame.</summary>
    public InputException Problem(int line, string what) => _source.Problem(line, what + _place);
}
