namespace Fovea.Imaging.Retina;

/// <summary>Things that belong together, by union-find (Tarjan 1975).</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parents;

    public DisjointSets(int count) => _parents = [.. Enumerable.Range(0, count)];

    /// <summary>The lowest index of the group of <paramref name="index"/>.</summary>
    public int Of(int index)
    {
        while (_parents[index] != index)
        {
            _parents[index] = _parents[_parents[index]];
            index = _parents[index];
        }

        return index;
    }

    /// <summary>Puts two groups together; false when they were one already.</summary>
    public bool Join(int a, int b)
    {
        (a, b) = (Of(a), Of(b));
        if (a == b) return false;
        _parents[Math.Max(a, b)] = Math.Min(a, b);
        return true;
    }
}
