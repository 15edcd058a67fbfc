using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>The variables that can be named at a place of a definition, and the slots their values have in a <see cref="Frame"/>.</summary>
internal sealed class Scope
{
    /// <summary>The slot of n, the number of wires.</summary>
    public const int WiresSlot = 0;

    /// <summary>The slot of l, the layer.</summary>
    public const int LayerSlot = 1;

    /// <summary>The first slot after those two.</summary>
    public const int FirstFreeSlot = 2;

    private readonly List<string> _names;

    private Scope(List<string> names)
    {
        _names = names;
        Size = names.Count;
    }

    /// <summary>The names, in the order of their slots.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>How many slots a frame needs.</summary>
    public int Size { get; private set; }

    /// <summary>The number of wires alone.</summary>
    public static Scope OfWires() => new(["n"]);

    /// <summary>The number of wires and the layer.</summary>
    public static Scope OfLayer() => new(["n", "l"]);

    /// <summary>The slot of a variable, or -1.</summary>
    public int Find(string name) => _names.IndexOf(name);

    /// <summary>Adds a variable and returns its slot.</summary>
    public int Declare(string name)
    {
        _names.Add(name);
        Size = Math.Max(Size, _names.Count);
        return _names.Count - 1;
    }

    /// <summary>Forgets the variable that was declared last.</summary>
    public void Forget() => _names.RemoveAt(_names.Count - 1);
}

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

/// <summary>The rules for names of variables.</summary>
internal static class VariableNames
{
    /// <summary>Reads the name of a known variable and returns its slot.</summary>
    /// <exception cref="InputException">There is no variable of that name here.</exception>
    public static int Slot(TokenReader tokens, Scope scope)
    {
        var name = tokens.Take().Text;
        return scope.Find(name) is var slot and >= 0 ? slot : throw tokens.Problem(
            $"unknown variable {DefinitionSource.Quote(name)}{NearestName.Hint(name, scope.Names)}; known here: {string.Join(", ", scope.Names)}");
    }

    /// <summary>Reads the name of a new variable, which is declared after what may not name it yet.</summary>
    /// <param name="tokens">The line.</param>
    /// <param name="scope">The variables that are known already.</param>
    /// <param name="what">"loop variable" or the like.</param>
    /// <exception cref="InputException">The name is taken.</exception>
    public static string NewName(TokenReader tokens, Scope scope, string what)
    {
        var name = tokens.ExpectName($"the name of a {what}");
        if (Keywords.All.Contains(name))
            throw tokens.Problem($"the {what} {DefinitionSource.Quote(name)} has the name of a keyword; choose another");
        if (scope.Find(name) >= 0)
            throw tokens.Problem($"the {what} '{name}' would hide the variable of that name; choose another than {string.Join(", ", scope.Names)}");
        return name;
    }
}
