using Fovea.Core.Random;

namespace Fovea.Devices.Compilation;

/// <summary>
/// One pass of SABRE (Li, Ding and Xie 2019, arXiv 1809.02573): steps run as soon as their qubits are coupled; when none can, the SWAP
/// is inserted that brings the waiting pairs, and with half the weight the next 20 pairs, closest together. A decay makes qubits that
/// have just moved a little less attractive, so that SWAPs spread over the device.
/// </summary>
internal sealed class SabrePass
{
    private const int LookAhead = 20;
    private const double LookAheadWeight = 0.5;
    private const double DecayStep = 0.001;
    private const int DecayReset = 5;

    private readonly DeviceGraph _map;
    private readonly IReadOnlyList<Step> _steps;
    private readonly CounterRandom _random;
    private readonly Queue<int>[] _waiting;
    private readonly bool[] _isDone;
    private readonly bool[] _isPaired;
    private readonly double[] _decay;
    private readonly List<Step>[] _held;
    private readonly StepList _routed = new();
    private int _firstOpen;
    private int _swapsInARow;

    private SabrePass(DeviceGraph map, IReadOnlyList<Step> steps, Layout start, CounterRandom random)
    {
        (_map, _steps, _random, Layout) = (map, steps, random, start.Copy());
        _waiting = [.. start.Qubits.ToArray().Select(_ => new Queue<int>())];
        for (var index = 0; index < steps.Count; index++)
        {
            _waiting[steps[index].First].Enqueue(index);
            if (steps[index].IsPair)
                _waiting[steps[index].Second].Enqueue(index);
        }

        _held = [.. _waiting.Select(_ => new List<Step>())];
        _isDone = new bool[steps.Count];
        _isPaired = new bool[_waiting.Length];
        _decay = new double[map.QubitCount];
        Array.Fill(_decay, 1);
    }

    /// <summary>Where the wires are at the end.</summary>
    public Layout Layout { get; }

    /// <summary>The steps on qubits of the device, SWAPs among them.</summary>
    public IReadOnlyList<Step> Routed => _routed.Steps;

    /// <summary>SWAPs inserted.</summary>
    public int Swaps { get; private set; }

    public static SabrePass Run(DeviceGraph map, IReadOnlyList<Step> steps, Layout start, CounterRandom random)
    {
        var pass = new SabrePass(map, steps, start, random);
        pass.RunAll();
        return pass;
    }

    private void RunAll()
    {
        var patience = 10 + (3 * _map.QubitCount);
        RunReady([.. Enumerable.Range(0, _waiting.Length)]);
        while (Front() is { Count: > 0 } front)
        {
            var (first, second) = _swapsInARow < patience ? BestSwap(front) : SwapTowards(front[0]);
            Layout.Swap(first, second);
            _routed.Swap(first, second);
            Swaps++;
            _swapsInARow++;
            _decay[first] += DecayStep;
            _decay[second] += DecayStep;
            if (_swapsInARow % DecayReset == 0)
                Array.Fill(_decay, 1);
            RunReady([.. front.SelectMany(step => new[] { step.First, step.Second })]);
        }

        for (var wire = 0; wire < _held.Length; wire++)
            Release(wire);
    }

    private void RunReady(List<int> wires)
    {
        while (wires.Count > 0)
        {
            var wire = wires[^1];
            wires.RemoveAt(wires.Count - 1);
            while (_waiting[wire].TryPeek(out var index) && IsReady(index))
            {
                var step = _steps[index];
                _isDone[index] = true;
                _waiting[step.First].Dequeue();
                if (!step.IsPair)
                {
                    Hold(step, wire);
                    continue;
                }

                _waiting[step.Second].Dequeue();
                (_isPaired[step.First], _isPaired[step.Second]) = (true, true);
                Release(step.First);
                Release(step.Second);
                _routed.Add(step.On(Layout.Qubits[step.First], Layout.Qubits[step.Second]));
                wires.Add(step.First + step.Second - wire);
                _swapsInARow = 0;
                Array.Fill(_decay, 1);
            }
        }
    }

    /// <summary>
    /// Steps on one wire are held back until the next pair, so that a SWAP comes straight behind the pair before it and can share a
    /// gate with it. Those before a wire's first pair are not: inputs stay ahead of everything that entangles, which exact noisy
    /// engines need.
    /// </summary>
    private void Hold(Step step, int wire)
    {
        if (_isPaired[wire])
            _held[wire].Add(step);
        else
            _routed.Add(step.On(Layout.Qubits[wire], -1));
    }

    private void Release(int wire)
    {
        foreach (var step in _held[wire])
            _routed.Add(step.On(Layout.Qubits[wire], -1));
        _held[wire].Clear();
    }

    private bool IsReady(int index)
    {
        var step = _steps[index];
        return !step.IsPair || (IsHead(index) && _map.AreCoupled(Layout.Qubits[step.First], Layout.Qubits[step.Second]));
    }

    private bool IsHead(int index) =>
        _waiting[_steps[index].First].Peek() == index && _waiting[_steps[index].Second].Peek() == index;

    /// <summary>Pairs that wait for nothing but a coupling.</summary>
    private List<Step> Front() =>
        [.. _waiting.Where(queue => queue.Count > 0).Select(queue => queue.Peek()).Where(IsHead).Distinct().Select(index => _steps[index])];

    private List<Step> Next(List<Step> front)
    {
        while (_firstOpen < _steps.Count && _isDone[_firstOpen])
            _firstOpen++;
        var next = new List<Step>(LookAhead);
        for (var index = _firstOpen; index < _steps.Count && next.Count < LookAhead; index++)
        {
            if (!_isDone[index] && _steps[index].IsPair && !front.Contains(_steps[index], ReferenceEqualityComparer.Instance))
                next.Add(_steps[index]);
        }

        return next;
    }

    private (int First, int Second) BestSwap(List<Step> front)
    {
        var next = Next(front);
        var best = new List<(int, int)>();
        var least = double.PositiveInfinity;
        foreach (var (first, second) in Candidates(front))
        {
            var score = Math.Max(_decay[first], _decay[second])
                * (MeanDistance(front, first, second) + (LookAheadWeight * MeanDistance(next, first, second)));
            if (score < least - 1e-12)
                best.Clear();
            if (score > least + 1e-12)
                continue;
            least = Math.Min(least, score);
            best.Add((first, second));
        }

        return best[_random.NextInt(best.Count)];
    }

    private IEnumerable<(int First, int Second)> Candidates(List<Step> front) => front
        .SelectMany(step => new[] { Layout.Qubits[step.First], Layout.Qubits[step.Second] })
        .SelectMany(qubit => _map.Neighbours[qubit].Select(other => (Math.Min(qubit, other), Math.Max(qubit, other))))
        .Distinct();

    private double MeanDistance(List<Step> pairs, int first, int second)
    {
        var sum = 0;
        foreach (var pair in pairs)
        {
            sum += _map.Distance(
                Layout.Moved(Layout.Qubits[pair.First], first, second),
                Layout.Moved(Layout.Qubits[pair.Second], first, second));
        }

        return pairs.Count == 0 ? 0 : (double)sum / pairs.Count;
    }

    /// <summary>The way out when the search runs in circles: straight towards each other.</summary>
    private (int First, int Second) SwapTowards(Step pair)
    {
        var (from, to) = (Layout.Qubits[pair.First], Layout.Qubits[pair.Second]);
        return (from, _map.Neighbours[from].MinBy(qubit => _map.Distance(qubit, to)));
    }
}
