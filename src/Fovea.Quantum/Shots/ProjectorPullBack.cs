using System.Buffers;
using System.Collections.Immutable;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliTransfers;

namespace Fovea.Quantum.Shots;

/// <summary>
/// Projectors on outcomes pulled back to functions of the inputs. Wires that no step has joined yet are clusters of their own, so that
/// most steps touch few numbers; the next step is the one whose joined clusters are smallest, and a wire without further steps goes over
/// to its input's functions at once. Where clusters would get too large, the first measured wires' outcomes are taken one by one.
/// </summary>
internal sealed class ProjectorPullBack
{
    // 8 MiB of doubles.
    private const long MostNumbers = 1 << 20;
    private readonly NoisyCircuit _noisy;
    private readonly ImmutableArray<int> _measured;
    private readonly FirstInputs _inputs;
    private readonly int _fixed;
    private readonly List<TransferStep> _order;
    private readonly HashSet<int>[] _finished;

    private ProjectorPullBack(NoisyCircuit noisy, ImmutableArray<int> measured, List<TransferStep> steps, FirstInputs inputs)
    {
        (_noisy, _measured, _inputs) = (noisy, measured, inputs);
        _order = Order(steps, out var peak);
        while (peak > MostNumbers && _fixed < measured.Length)
        {
            _fixed++;
            _order = Order(steps, out peak);
        }

        // After the k-th step of the order, the wires that have no further one.
        _finished = [.. _order.Select((step, k) => step.Wires.Where(wire => !_order.Skip(k + 1).Any(later => later.Wires.Contains(wire))).ToHashSet())];
    }

    /// <summary>Fills M, which is [outcome, function].</summary>
    public static void Fill(
        IOutcomeProduct matrix, NoisyCircuit noisy, ImmutableArray<int> measured, List<TransferStep> steps, FirstInputs inputs, int threads)
    {
        var pullBack = new ProjectorPullBack(noisy, measured, steps, inputs);
        new PieceQueue((_, outcome) => pullBack.Fill(matrix, outcome)).Run(1 << pullBack._fixed, threads);
    }

    /// <summary>The steps, last ones first, each of the smallest cluster among those that nothing later stands before.</summary>
    private List<TransferStep> Order(List<TransferStep> steps, out long peak)
    {
        var wires = _noisy.Circuit.WireCount;
        var cluster = Enumerable.Range(0, wires).ToArray();
        var (left, order) = (new List<TransferStep>(steps), new List<TransferStep>());
        long FinishedSize(int wire) => Outcomes(wire) * _inputs.FunctionCountOf([wire]);
        var size = Enumerable.Range(0, wires).Select(wire => left.Any(step => step.Wires.Contains(wire)) ? 4 * Outcomes(wire) : FinishedSize(wire)).ToArray();
        peak = 0;
        while (left.Count > 0)
        {
            var ready = left.Where((step, k) => !left.Skip(k + 1).Any(later => later.Wires.Intersect(step.Wires).Any()));
            long Size(TransferStep step) => step.Wires.Select(wire => cluster[wire]).Distinct().Aggregate(1L, (product, c) => product * size[c]);
            var next = ready.MinBy(Size)!;
            var (joined, target) = (Size(next), cluster[next.Wires[0]]);
            peak = Math.Max(peak, joined);
            left.Remove(next);
            order.Add(next);
            foreach (var c in next.Wires.Select(wire => cluster[wire]).Distinct().ToArray())
                cluster = [.. cluster.Select(of => of == c ? target : of)];
            foreach (var wire in next.Wires.Where(wire => !left.Any(step => step.Wires.Contains(wire))))
                joined = joined / (4 * Outcomes(wire)) * FinishedSize(wire);
            size[target] = joined;
        }

        peak = Math.Max(peak, cluster.Distinct().Aggregate(1L, (product, c) => product * size[c]));
        return order;
    }

    /// <summary>How many outcomes of a wire a cluster holds.</summary>
    private long Outcomes(int wire) => _measured.IndexOf(wire) >= _fixed ? 2 : 1;

    private void Fill(IOutcomeProduct matrix, int fixedOutcome)
    {
        var clusters = new PauliCluster[_noisy.Circuit.WireCount];
        for (var wire = 0; wire < clusters.Length; wire++)
        {
            clusters[wire] = Start(wire, fixedOutcome);
            if (!_order.Any(step => step.Wires.Contains(wire)))
                clusters[wire].Finish(wire, _inputs.Map(wire));
        }

        for (var k = 0; k < _order.Count; k++)
        {
            var cluster = Join(clusters, _order[k].Wires);
            cluster.Apply(_order[k]);
            foreach (var wire in _finished[k])
                cluster.Finish(wire, _inputs.Map(wire));
        }

        var whole = Join(clusters, [.. Enumerable.Range(0, clusters.Length)]);
        Write(whole, matrix, fixedOutcome);
        whole.Return();
    }

    /// <summary>½(I ± (contrast·Z + offset·I)) of a measured wire, I of another.</summary>
    private PauliCluster Start(int wire, int fixedOutcome)
    {
        var place = _measured.IndexOf(wire);
        if (place < 0)
            return new PauliCluster(wire, [1, 0, 0, 0], outcomes: 1);
        var error = _noisy.Readout[wire];
        double[] signs = place >= _fixed ? [0.5, -0.5] : (fixedOutcome >> place & 1) == 0 ? [0.5] : [-0.5];
        var nothing = new double[2 * signs.Length]; // of X and of Y
        double[] values = [.. signs.Select(sign => 0.5 + (sign * error.Offset)), .. nothing, .. signs.Select(sign => sign * error.Contrast)];
        return new PauliCluster(wire, values, signs.Length);
    }

    private static PauliCluster Join(PauliCluster[] clusters, int[] wires)
    {
        var joined = clusters[wires[0]];
        foreach (var wire in wires)
        {
            if (clusters[wire] == joined)
                continue;
            var other = clusters[wire];
            joined.Join(other);
            for (var k = 0; k < clusters.Length; k++)
                clusters[k] = clusters[k] == other ? joined : clusters[k];
        }

        return joined;
    }

    private void Write(PauliCluster cluster, IOutcomeProduct matrix, int fixedOutcome)
    {
        var weights = cluster.Finished.Select(wire => _inputs.FunctionCountOf(Enumerable.Range(wire + 1, _noisy.Circuit.WireCount - wire - 1))).ToArray();
        var places = cluster.Outcomes.Select(wire => _measured.IndexOf(wire)).ToArray();
        var outcomes = Enumerable.Range(0, 1 << places.Length).Select(index =>
            places.Select((place, k) => (index >> (places.Length - 1 - k) & 1) << place).Sum() + fixedOutcome).ToArray();
        var functions = new int[] { 0 };
        foreach (var (wire, weight) in cluster.Finished.Zip(weights))
            functions = [.. functions.SelectMany(function => Enumerable.Range(0, _inputs.HasInput(wire) ? 3 : 1).Select(own => function + (own * weight)))];
        for (var k = 0; k < functions.Length; k++)
        {
            for (var index = 0; index < outcomes.Length; index++)
                matrix.Set(outcomes[index], functions[k], cluster.Values[(k * outcomes.Length) + index]);
        }
    }
}

/// <summary>
/// A tensor over joined wires: [functions of finished wires][Pauli components of open wires][outcomes], of each the first wire slowest.
/// </summary>
internal sealed class PauliCluster
{
    // Megabytes each, for every step of every circuit: from the pool, which does not clear them.
    private double[] _values;
    private int _count;
    private readonly List<int> _open;
    private readonly List<int> _finished = [];
    private readonly List<int> _outcomes;
    private int _functions = 1;

    /// <summary>One open wire.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="values">[4, outcomes].</param>
    /// <param name="outcomes">2, or 1 where only one outcome is looked at or the wire is not measured.</param>
    public PauliCluster(int wire, ReadOnlySpan<double> values, int outcomes)
    {
        (_values, _count) = (ArrayPool<double>.Shared.Rent(values.Length), values.Length);
        values.CopyTo(_values);
        (_open, _outcomes) = ([wire], outcomes == 2 ? [wire] : []);
    }

    /// <summary>The wires that are functions of their inputs.</summary>
    public IReadOnlyList<int> Finished => _finished;

    /// <summary>The wires of whose outcomes both are held.</summary>
    public IReadOnlyList<int> Outcomes => _outcomes;

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    private int OutcomeCount => 1 << _outcomes.Count;

    /// <summary>Components and outcomes of one function.</summary>
    private int SliceSize => OutcomeCount << (2 * _open.Count);

    /// <summary>Takes in another cluster's wires.</summary>
    public void Join(PauliCluster other)
    {
        var (paulis, others) = (1 << (2 * _open.Count), 1 << (2 * other._open.Count));
        var (mine, theirs) = (OutcomeCount, other.OutcomeCount);
        var (joined, at) = (ArrayPool<double>.Shared.Rent(_count * other._count), 0);
        for (var function = 0; function < _functions * other._functions; function++)
        {
            var (f, g) = Math.DivRem(function, other._functions);
            for (var pauli = 0; pauli < paulis * others; pauli++)
            {
                var (p, q) = Math.DivRem(pauli, others);
                var factors = other._values.AsSpan(((g * others) + q) * theirs, theirs);
                foreach (var value in _values.AsSpan(((f * paulis) + p) * mine, mine))
                {
                    foreach (var factor in factors)
                        joined[at++] = value * factor;
                }
            }
        }

        Replace(joined, at);
        other.Return();
        _functions *= other._functions;
        _open.AddRange(other._open);
        _finished.AddRange(other._finished);
        _outcomes.AddRange(other._outcomes);
    }

    /// <summary>v'[Q] = Σ_P v[P]·R[P, Q] on a step's wires.</summary>
    public void Apply(TransferStep step)
    {
        double[] matrix = [.. step.Transfer!.Cast<double>()];
        int[] strides = [.. step.Wires.Select(Stride)];
        var entries = Entries(step.Transfer!, strides);
        var result = ArrayPool<double>.Shared.Rent(_count);
        for (var first = 0; first < _count; first += SliceSize)
        {
            var source = _values.AsSpan(first, SliceSize);
            var target = result.AsSpan(first, SliceSize);
            if (strides.Length == 1)
                VectorKernel.Apply(source, target, strides[0], matrix);
            else
                VectorKernel.Apply(source, target, strides, entries, matrix);
        }

        Replace(result, _count);
    }

    /// <summary>From a wire's components to its input's functions.</summary>
    /// <param name="wire">An open wire.</param>
    /// <param name="map">[functions, 4].</param>
    public void Finish(int wire, double[,] map)
    {
        var (functions, stride) = (map.GetLength(0), Stride(wire));
        var slower = SliceSize / (4 * stride);
        var result = ArrayPool<double>.Shared.Rent(_count / 4 * functions);
        Array.Clear(result, 0, _count / 4 * functions);
        for (var slice = 0; slice < _functions * slower; slice++)
        {
            var (function, s) = Math.DivRem(slice, slower);
            for (var own = 0; own < functions; own++)
            {
                var target = result.AsSpan(((((function * functions) + own) * slower) + s) * stride, stride);
                for (var component = 0; component < 4; component++)
                    VectorKernel.AddScaled(_values.AsSpan(((slice * 4) + component) * stride, stride), map[own, component], target);
            }
        }

        Replace(result, _count / 4 * functions);
        _functions *= functions;
        _open.Remove(wire);
        _finished.Add(wire);
    }

    /// <summary>Gives the memory back; nothing else can be asked of this cluster.</summary>
    public void Return() => ArrayPool<double>.Shared.Return(_values);

    private void Replace(double[] values, int count)
    {
        Return();
        (_values, _count) = (values, count);
    }

    private int Stride(int wire) => OutcomeCount << (2 * (_open.Count - 1 - _open.IndexOf(wire)));

    private static (int From, int To, int Element)[] Entries(double[,] transfer, int[] strides)
    {
        var size = transfer.GetLength(0);
        int Offset(int pauli) => strides.Select((stride, k) => stride * ((pauli >> (2 * (strides.Length - 1 - k))) & 3)).Sum();
        return [.. from p in Enumerable.Range(0, size)
                   from q in Enumerable.Range(0, size)
                   where transfer[p, q] != 0
                   select (Offset(p), Offset(q), (p * size) + q)];
    }
}
