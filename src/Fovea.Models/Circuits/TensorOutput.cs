using Fovea.Quantum.Engines.Trigonometric;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

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
