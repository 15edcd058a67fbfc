using System.Runtime.ExceptionServices;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>
/// One network trained by several threads: each works on a part of the batch with a copy of the network, and the gradients are added up in the order of the
/// parts. An operation of a small network keeps two threads busy three quarters of the time; two parts beside each other keep them busy all the time. The
/// number of parts changes the rounding of the gradients, and nothing else; equal numbers give equal bits.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class DataParallel<TNetwork> : IDisposable where TNetwork : nn.Module
{
    private readonly IReadOnlyList<BatchPart> _parts;
    private readonly TNetwork[] _networks;
    private readonly (Parameter Own, Parameter[] Copies)[] _parameters;
    private readonly PartWorker[] _workers;
    private readonly int _callersThreads;

    /// <summary>Makes the copies and their threads.</summary>
    /// <param name="network">The network that is trained; it does the first part itself and belongs to the caller.</param>
    /// <param name="copy">Makes a network of equal structure; its weights are replaced.</param>
    /// <param name="parts">How batches are cut. One part runs on the caller's thread, with the caller's threads.</param>
    public DataParallel(TNetwork network, Func<TNetwork> copy, BatchParts parts)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts.Parts;
        _networks = [network, .. _parts.Skip(1).Select(_ => copy())];
        var copies = _networks.Skip(1).Select(c => c.named_parameters().ToDictionary(p => p.name, p => p.parameter)).ToArray();
        _parameters = [.. network.named_parameters().Select(p => (p.parameter, copies.Select(c => c[p.name]).ToArray()))];
        _workers = [];
        if (_parts.Count == 1) return;
        _callersThreads = get_num_threads();
        _workers = [.. _parts.Select(_ => new PartWorker(parts.Threads))];
        set_num_threads(1);
    }

    /// <summary>The network that is trained and then its copies, one for each part.</summary>
    public IReadOnlyList<TNetwork> Networks => _networks;

    /// <summary>
    /// Gives each part its work and waits for all. Each is to leave the gradients of its share of the loss in its network; at the return their sum is in the
    /// first network. Everything that a part makes belongs to a dispose scope of its own.
    /// </summary>
    /// <param name="work">A part and its network. May run on another thread.</param>
    public void Run(Action<BatchPart, TNetwork> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_workers.Length == 0)
        {
            work(_parts[0], _networks[0]);
            return;
        }

        RunAll(part => work(_parts[part], _networks[part]));
        AddGradients();
    }

    /// <summary>Measures something of each item with the network's present weights, several items beside each other; no gradients.</summary>
    /// <param name="items">The items.</param>
    /// <param name="measure">A network of present weights and an item. May run on another thread.</param>
    /// <param name="done">Told each result as soon as it and all before it are there, in the items' order and one at a time, on any thread.</param>
    /// <returns>The results in the items' order; which thread took an item does not matter to them.</returns>
    public TResult[] Map<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TNetwork, TItem, TResult> measure, Action<TItem, TResult>? done = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(measure);
        var results = new TResult[items.Count];
        var (isThere, told, gate) = (new bool[items.Count], 0, new Lock());
        void Keep(int item, TResult result)
        {
            lock (gate)
            {
                (results[item], isThere[item]) = (result, true);
                for (; told < items.Count && isThere[told]; told++)
                {
                    try
                    {
                        done?.Invoke(items[told], results[told]);
                    }
                    catch
                    {
                        // The next thread must not tell it again, nor what comes after it.
                        told = items.Count;
                        throw;
                    }
                }
            }
        }

        void Measure(int part, int step)
        {
            using var noGradient = no_grad();
            for (var i = part; i < items.Count; i += step)
            {
                using var scope = NewDisposeScope();
                Keep(i, measure(_networks[part], items[i]));
            }
        }

        if (_workers.Length == 0) Measure(0, 1);
        else RunAll(part => Measure(part, _workers.Length));
        return results;
    }

    /// <summary>Does pieces of work that know nothing of each other on all threads, each once, in no order.</summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="work">A piece, from 0. Runs on any thread.</param>
    public void ForEach(int count, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var next = -1;
        void Work()
        {
            using var noGradient = no_grad();
            while (Interlocked.Increment(ref next) is var piece && piece < count) work(piece);
        }

        if (_workers.Length == 0) Work();
        else OnAllThreads(_ => Work());
    }

    private void RunAll(Action<int> work) => OnAllThreads(part =>
    {
        if (part > 0) Renew(part);
        work(part);
    });

    private void OnAllThreads(Action<int> work)
    {
        for (var part = 0; part < _workers.Length; part++)
        {
            var mine = part;
            _workers[part].Start(() =>
            {
                using var scope = NewDisposeScope();
                work(mine);
            });
        }

        foreach (var failure in _workers.Select(worker => worker.Wait()).ToArray()) failure?.Throw();
    }

    /// <summary>
    /// Gives the caller's thread all threads of the tensor library until the result is disposed. Between steps it has one: the library's threads wait for more
    /// work in a loop, a while after each operation, and would take the processor from the parts.
    /// </summary>
    public IDisposable? Rest()
    {
        if (_workers.Length == 0) return null;
        set_num_threads(_callersThreads);
        return new ThreadNumber(1);
    }

    /// <summary>Frees the copies and ends the threads.</summary>
    public void Dispose()
    {
        if (_workers.Length > 0) set_num_threads(_callersThreads);
        foreach (var worker in _workers) worker.Dispose();
        foreach (var copy in _networks.Skip(1)) copy.Dispose();
    }

    private void Renew(int part)
    {
        using var noGradient = no_grad();
        foreach (var (own, copies) in _parameters)
        {
            copies[part - 1].copy_(own);
            copies[part - 1].grad = null;
        }
    }

    private void AddGradients() => ForEach(_parameters.Length, i =>
    {
        using var scope = NewDisposeScope();
        var (own, copies) = _parameters[i];
        if (own.grad is not { } sum) return;
        foreach (var copy in copies)
            if (copy.grad is { } gradient) sum.AddInPlace(gradient);
    });
}

/// <summary>Sets the threads of the tensor library when it is disposed.</summary>
internal sealed class ThreadNumber(int threads) : IDisposable
{
    public void Dispose() => set_num_threads(threads);
}

/// <summary>A thread that does one thing at a time and keeps its number of threads of the tensor library.</summary>
internal sealed class PartWorker : IDisposable
{
    private readonly SemaphoreSlim _begin = new(0);
    private readonly SemaphoreSlim _end = new(0);
    private Action? _work;
    private ExceptionDispatchInfo? _failure;

    // Returns when the thread has set its number, so that the caller can set its own again.
    internal PartWorker(int threads)
    {
        new Thread(() => Loop(threads)) { IsBackground = true, Name = "batch part" }.Start();
        _end.Wait();
    }

    public void Dispose()
    {
        Start(null);
        _end.Wait();
        _begin.Dispose();
        _end.Dispose();
    }

    internal void Start(Action? work)
    {
        _work = work;
        _begin.Release();
    }

    internal ExceptionDispatchInfo? Wait()
    {
        _end.Wait();
        return Interlocked.Exchange(ref _failure, null);
    }

    private void Loop(int threads)
    {
        Try(() =>
        {
            // Asked once, the library does not take the number over from elsewhere at this thread's first operation any more. Two threads of a part on one
            // core wait for each other in a loop: a step then takes ten times as long.
            _ = get_num_threads();
            set_num_threads(threads);
        });
        Action? work;
        do
        {
            _begin.Wait();
            work = _work;
            Try(work);
        }
        while (work is not null);
    }

    private void Try(Action? work)
    {
        try
        {
            work?.Invoke();
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        _end.Release();
    }
}
