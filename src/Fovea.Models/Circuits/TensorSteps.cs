using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.PauliPropagation;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// The features of a plan as rows of one tensor: 1, components of Bloch vectors, and their products over several wires, made
/// wire by wire. Rows of one wire multiply by the same row, which is broadcast, so no gathered row occurs twice in an operation
/// and the gradients, too, add up in a fixed order.
/// </summary>
internal sealed class TensorFeatures
{
    private static readonly double[] One = [1];
    private readonly IReadOnlyList<BlochGroup> _groups;
    private readonly List<(long[] Left, int Right)[]> _products = [];
    private readonly Dictionary<int, long> _rows = new() { [FeatureTable.One] = 0 };

    /// <summary>Lays out the features of a plan.</summary>
    public TensorFeatures(TrigonometricPlan plan)
    {
        _groups = BlochGroup.Build(plan.Entry, plan.Circuit.WeightCount);
        foreach (var group in _groups)
        {
            foreach (var component in group.Components)
            {
                foreach (var wire in group.Wires) _rows.Add(FeatureTable.OfWire(wire) + component, _rows.Count);
            }
        }

        // The right factor is a component of the product's highest wire, the left one a product of lower wires: made before.
        foreach (var wire in plan.Products.GroupBy(product => WireOf(product.Right)).OrderBy(products => products.Key))
        {
            var sets = wire.GroupBy(product => product.Right).ToArray();
            _products.Add([.. sets.Select(set => (set.Select(product => _rows[product.Left]).ToArray(), (int)_rows[set.Key]))]);
            foreach (var product in sets.SelectMany(set => set)) _rows.Add(product.Result, _rows.Count);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>The row of a feature.</summary>
    public long Row(int feature) => _rows[feature];

    /// <summary>[rows, batch].</summary>
    /// <param name="inputs">[inputs, batch].</param>
    /// <param name="weights">[weights + 1, 1], the last one 1.</param>
    /// <param name="constants">Of the tensors' device and type.</param>
    public Tensor Of(Tensor inputs, Tensor weights, TensorConstants constants)
    {
        var ones = constants.Numbers(One).view(1, 1).expand(1, inputs.shape[1]);
        var features = cat([ones, .. _groups.SelectMany(group => group.Turn(inputs, weights, constants))], 0);
        foreach (var wire in _products)
            features = cat([features, .. wire.Select(set => constants.Rows(features, set.Left).mul(features.narrow(0, set.Right, 1)))], 0);
        return features;
    }

    private static int WireOf(int feature) => (feature - FeatureTable.OfWire(0)) / 3;
}

/// <summary>
/// One output as a bilinear form lᵀMr between its left and its right features. The plan's sparse rows become one matrix with
/// zeros in it: a product of matrices keeps no tensor of [terms, batch], as gathered terms would.
/// </summary>
internal sealed class TensorOutput
{
    private readonly long[] _left;
    private readonly long[] _right;
    private readonly long[] _slots;
    private readonly long[] _places;

    /// <summary>Lays out the rows of one output.</summary>
    public TensorOutput(TrigonometricPlan plan, IEnumerable<TermRow> rows, TensorFeatures features)
    {
        var all = rows.ToArray();
        var terms = all.SelectMany((row, r) => Enumerable.Range(row.Start, row.End - row.Start).Select(term => (Row: r, Term: term))).ToArray();
        _left = [.. all.Select(row => features.Row(row.Left))];
        _right = [.. terms.Select(at => features.Row(plan.TermFeatures[at.Term])).Distinct().Order()];
        _slots = [.. terms.Select(at => (long)plan.TermSlots[at.Term])];
        var column = _right.Select((row, index) => (row, index)).ToDictionary(at => at.row, at => at.index);
        _places = [.. terms.Select(at => ((long)at.Row * _right.Length) + column[features.Row(plan.TermFeatures[at.Term])])];
    }

    /// <summary>Entries of the matrix, zeros included.</summary>
    public long MatrixSize => (long)_left.Length * _right.Length;

    /// <summary>Numbers that one sample takes, beside its features.</summary>
    public int NumbersPerSample => (3 * _left.Length) + _right.Length;

    /// <summary>M, [left, right].</summary>
    /// <param name="coefficients">[slots].</param>
    /// <param name="constants">Of the tensor's device and type.</param>
    public Tensor Matrix(Tensor coefficients, TensorConstants constants) =>
        constants.Zeros(MatrixSize)
            .index_copy(0, constants.Indices(_places), constants.Rows(coefficients, _slots))
            .view(_left.Length, _right.Length);

    /// <summary>[batch].</summary>
    /// <param name="matrix">M.</param>
    /// <param name="features">[rows, batch].</param>
    /// <param name="constants">Of the tensors' device and type.</param>
    public Tensor Expectation(Tensor matrix, Tensor features, TensorConstants constants) =>
        matmul(matrix, constants.Rows(features, _right)).mul(constants.Rows(features, _left)).sum([0]);
}

/// <summary>
/// The pull-back of observables as tensor operations: every step turns pairs of coefficients, (a, b) ← (c·a − s·b, c·b + s·a).
/// It is computed in the data type of the weights (the engine on the CPU always takes double precision), one step after the
/// other, a handful of small operations each.
/// </summary>
internal sealed class TensorPullBack
{
    private readonly double[] _initial;
    private readonly AngleColumn? _angles;
    private readonly long[][] _pairs;

    /// <summary>Lays out a program.</summary>
    public TensorPullBack(PropagationProgram program, int weightCount)
    {
        _initial = [.. program.InitialCoefficients, .. new double[program.Strings.Count - program.InitialCoefficients.Count]];
        _pairs = [.. program.Steps.Select(step => step.First.Concat(step.Second).Select(slot => (long)slot).ToArray())];
        if (_pairs.Length > 0)
            _angles = new AngleColumn([.. program.Steps.Select(step => program.Rotations[step.Rotation])], weightCount);
    }

    /// <summary>[slots]: the coefficient of each Pauli string.</summary>
    /// <param name="weights">[weights + 1, 1], the last one 1.</param>
    /// <param name="constants">Of the tensor's device and type.</param>
    public Tensor Coefficients(Tensor weights, TensorConstants constants)
    {
        var coefficients = constants.Numbers(_initial);
        if (_angles is null) return coefficients;
        var angles = _angles.Of(weights, weights, constants);
        var sin = angles.sin();
        var cosines = angles.cos().Parts(_pairs.Length, 0);
        var sines = stack([sin.neg(), sin], 1).Parts(_pairs.Length, 0);
        for (var step = 0; step < _pairs.Length; step++)
        {
            var pairs = constants.Rows(coefficients, _pairs[step]).view(2, -1);
            var turned = pairs.mul(cosines[step]).Plus(pairs.flip(0).mul(sines[step].view(2, 1)));
            coefficients = coefficients.index_copy(0, constants.Indices(_pairs[step]), turned.view(-1));
        }

        return coefficients;
    }
}

/// <summary>The angles of some rotations of one source, computed at once: scale · value, or scale · value · second value.</summary>
internal sealed class AngleColumn
{
    private readonly bool _isInput;
    private readonly long[] _indices;
    private readonly long[]? _secondIndices;
    private readonly double[] _scales;

    /// <summary>The angles of rotations that all have the <see cref="Source"/> of the first.</summary>
    /// <param name="rotations">At least one.</param>
    /// <param name="weightCount">Number of weights: a constant angle is a multiple of the 1 behind them.</param>
    public AngleColumn(IReadOnlyList<PauliRotationGate> rotations, int weightCount)
    {
        _isInput = rotations[0].IsInput;
        _indices = [.. rotations.Select(rotation => (long)(rotation.Angle.Source == AngleSource.Constant ? weightCount : rotation.Angle.Index))];
        _scales = [.. rotations.Select(rotation => rotation.Scale)];
        if (rotations[0].Angle.Source == AngleSource.InputProduct)
            _secondIndices = [.. rotations.Select(rotation => (long)rotation.Angle.SecondIndex)];
    }

    /// <summary>The source that rotations of one column share; weights and constants count as one.</summary>
    public static AngleSource Source(PauliRotationGate rotation) =>
        rotation.Angle.Source == AngleSource.Constant ? AngleSource.Weight : rotation.Angle.Source;

    /// <summary>[rotations, batch], or [rotations, 1] where they are the same for every sample.</summary>
    /// <param name="inputs">[inputs, batch].</param>
    /// <param name="weights">[weights + 1, 1], the last one 1.</param>
    /// <param name="constants">Of the tensors' device and type.</param>
    public Tensor Of(Tensor inputs, Tensor weights, TensorConstants constants)
    {
        var values = constants.Rows(_isInput ? inputs : weights, _indices);
        if (_secondIndices is not null) values = values.mul(constants.Rows(inputs, _secondIndices));
        return values.mul(constants.Numbers(_scales).view(-1, 1));
    }
}
