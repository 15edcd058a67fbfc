namespace Fovea.Training.Batches;

/// <summary>
/// The order in which items are seen: each epoch is a fresh permutation, batches run across epoch ends, and the items of a step
/// depend on (seed, step) only.
/// </summary>
public sealed class EpochOrder
{
    private readonly int _seed;
    private readonly int _count;
    private readonly int _batch;
    private readonly int[] _permutation;
    private long _epoch = -1;

    /// <summary>Creates the order of <paramref name="count"/> items (at least 1) in batches of <paramref name="batch"/>.</summary>
    public EpochOrder(int seed, int count, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        (_seed, _count, _batch, _permutation) = (seed, count, batch, new int[count]);
    }

    /// <summary>The items of a step (0-based), each in [0, count).</summary>
    public int[] At(long step)
    {
        var items = new int[_batch];
        for (var i = 0; i < _batch; i++)
        {
            var position = step * _batch + i;
            Permute(position / _count);
            items[i] = _permutation[position % _count];
        }

        return items;
    }

    private void Permute(long epoch)
    {
        if (epoch == _epoch) return;
        for (var i = 0; i < _count; i++) _permutation[i] = i;
        RandomStream.DataOrder.At(_seed, epoch).Shuffle(_permutation.AsSpan());
        _epoch = epoch;
    }
}
