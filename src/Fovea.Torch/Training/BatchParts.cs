using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>A part of every batch.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="First">Its first item.</param>
/// <param name="Count">Its items.</param>
/// <param name="Batch">Items of the whole batch.</param>
public sealed record BatchPart(int Index, int First, int Count, int Batch)
{
    // Held as long as the part: a dispose scope does not keep a scalar alive.
    private readonly Scalar _share = (double)Count / Batch;

    /// <summary>Its share of the batch, at most 1.</summary>
    public double Share => (double)Count / Batch;

    /// <summary>Its items of a tensor [batch, ...]; shares the memory.</summary>
    public Tensor Slice(Tensor whole) => whole.narrow(0, First, Count);

    /// <summary>Its share of a loss that is the mean over a batch.</summary>
    public Tensor Weigh(Tensor loss) => Count == Batch ? loss : loss.mul(_share);
}

/// <summary>How batches are cut for the threads of a machine: contiguous parts of nearly equal size.</summary>
public sealed record BatchParts
{
    // Below this an operation is so short that its fixed cost shows.
    private const int FewestItems = 4;

    private BatchParts(int count, int threads, int batch)
    {
        int Start(int part) => (int)((long)part * batch / count);
        Parts = [.. Enumerable.Range(0, count).Select(part => new BatchPart(part, Start(part), Start(part + 1) - Start(part), batch))];
        Threads = threads;
    }

    /// <summary>The parts, in the order of the items.</summary>
    public IReadOnlyList<BatchPart> Parts { get; }

    /// <summary>Threads of the tensor library for each part.</summary>
    public int Threads { get; }

    /// <summary>The whole batch as one part.</summary>
    /// <param name="batch">Items of a batch, 1 or more.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    public static BatchParts Whole(int batch, int threads = 1) => new(1, threads, batch);

    /// <summary>So many parts, which share the threads: for <see cref="DataParallel{TNetwork}.Map"/>, whose items are whole batches.</summary>
    /// <param name="parts">Parts, 1 to the threads.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    public static BatchParts Each(int parts, int threads) => new(parts, threads / parts, parts);

    /// <summary>As many parts as there are threads, unless a part would have too few items; the threads that are left over go to the parts.</summary>
    /// <param name="batch">Items of a batch, 1 or more.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    public static BatchParts Cut(int batch, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        var count = Math.Clamp(batch / FewestItems, 1, threads);
        return new BatchParts(count, threads / count, batch);
    }
}
