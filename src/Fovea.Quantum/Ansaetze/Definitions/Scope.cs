namespace Fovea.Quantum.Ansaetze.Definitions;

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
