using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>A plan as flat arrays, with what the weights fix: coefficients of terms and turns by weights. Shared by all runners.</summary>
internal sealed class PlanTables<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CoefficientState _state;
    private readonly T[] _weights;
    private readonly double[] _exactWeights;
    private readonly double[] _weightGradients;
    private bool _isCurrent;

    /// <summary>The tables of a plan, without weights yet.</summary>
    public PlanTables(TrigonometricPlan plan)
    {
        Plan = plan;
        _state = plan.Program.CreateState();
        _exactWeights = new double[plan.Circuit.WeightCount];
        _weights = new T[plan.Circuit.WeightCount];
        _weightGradients = new double[plan.Circuit.WeightCount];
        Rows = [.. plan.Rows];
        Products = [.. plan.Products];
        TermFeatures = [.. plan.TermFeatures];
        (Pairs, Single) = PairUp(Rows, TermFeatures);
        Coefficients = new T[TermFeatures.Length];
        Turns = [.. plan.Entry.Chains.SelectMany((chain, wire) => chain.Select(rotation => EntryTurn.Of(rotation, wire)))];
        (Sines, Cosines) = (new T[Turns.Length], new T[Turns.Length]);
    }

    /// <summary>The plan.</summary>
    public TrigonometricPlan Plan { get; }

    /// <summary>As in the plan.</summary>
    public TermRow[] Rows { get; }

    /// <summary>Rows in pairs of the same right features, as many as there are; the other rows are <see cref="Single"/>.</summary>
    public (TermRow One, TermRow Two)[] Pairs { get; }

    /// <summary>The rows that no other row shares its features with.</summary>
    public TermRow[] Single { get; }

    /// <summary>As in the plan.</summary>
    public FeatureProduct[] Products { get; }

    /// <summary>As in the plan.</summary>
    public int[] TermFeatures { get; }

    /// <summary>[term].</summary>
    public T[] Coefficients { get; }

    /// <summary>The rotations of the entry, wire by wire in time order.</summary>
    public EntryTurn[] Turns { get; }

    /// <summary>[turn]: sin α of turns by weights and constants.</summary>
    public T[] Sines { get; }

    /// <summary>[turn]: cos α of turns by weights and constants.</summary>
    public T[] Cosines { get; }

    /// <summary>Computes everything for these weights, unless they are those of the call before.</summary>
    public void Update(ReadOnlySpan<T> weights)
    {
        if (_isCurrent && weights.SequenceEqual(_weights))
            return;
        weights.CopyTo(_weights);
        _isCurrent = true;
        for (var weight = 0; weight < weights.Length; weight++)
            _exactWeights[weight] = double.CreateTruncating(weights[weight]);
        _state.Run(_exactWeights);
        for (var term = 0; term < Coefficients.Length; term++)
            Coefficients[term] = T.CreateTruncating(_state.Coefficients[Plan.TermSlots[term]]);
        for (var turn = 0; turn < Turns.Length; turn++)
        {
            var rotation = Turns[turn].Rotation;
            if (rotation.IsInput)
                continue;
            var value = rotation.Angle.Source == AngleSource.Weight ? double.CreateTruncating(weights[rotation.Angle.Index]) : 1;
            var (sin, cos) = Math.SinCos(rotation.Scale * value);
            (Sines[turn], Cosines[turn]) = (T.CreateTruncating(sin), T.CreateTruncating(cos));
        }
    }

    private static ((TermRow, TermRow)[] Pairs, TermRow[] Single) PairUp(TermRow[] rows, int[] termFeatures)
    {
        List<(TermRow, TermRow)> pairs = [];
        List<TermRow> single = [];
        foreach (var alike in rows.GroupBy(row => string.Join(' ', termFeatures[row.Start..row.End])))
        {
            foreach (var pair in alike.Chunk(2))
            {
                if (pair is [var one, var two]) pairs.Add((one, two));
                else single.Add(pair[0]);
            }
        }

        return ([.. pairs], [.. single]);
    }

    /// <summary>Turns the gradients by coefficients and turns, summed over chunks, into those by weights.</summary>
    /// <param name="chunkGradients">[chunk][term, then turn].</param>
    /// <param name="chunks">Number of chunks; they are added in order.</param>
    /// <param name="weightGradients">[weights], overwritten.</param>
    public void PropagateGradients(ReadOnlySpan<double> chunkGradients, int chunks, Span<T> weightGradients)
    {
        var stride = Coefficients.Length + Turns.Length;
        _state.Cotangents.Clear();
        Array.Clear(_weightGradients);
        for (var k = 0; k < stride; k++)
        {
            var sum = 0.0;
            for (var chunk = 0; chunk < chunks; chunk++)
                sum += chunkGradients[(chunk * stride) + k];
            if (k < Coefficients.Length)
                _state.Cotangents[Plan.TermSlots[k]] = sum;
            else if (Turns[k - Coefficients.Length].Rotation is { Angle.Source: AngleSource.Weight } rotation)
                _weightGradients[rotation.Angle.Index] += rotation.Scale * sum;
        }

        _state.AddWeightGradients(_weightGradients);
        for (var weight = 0; weight < weightGradients.Length; weight++)
            weightGradients[weight] = T.CreateTruncating(_weightGradients[weight]);
    }
}

/// <summary>A feature that is the product of two features made before it.</summary>
/// <param name="Result">Its index.</param>
/// <param name="Left">Index of one factor.</param>
/// <param name="Right">Index of the other.</param>
internal readonly record struct FeatureProduct(int Result, int Left, int Right);

/// <summary>Terms of one output with a common left feature: left · Σ_t coefficient_t · feature_t.</summary>
/// <param name="Output">The output they are added to.</param>
/// <param name="Left">The common feature.</param>
/// <param name="Start">Index of the first term.</param>
/// <param name="End">Index after the last term.</param>
internal readonly record struct TermRow(int Output, int Left, int Start, int End);
