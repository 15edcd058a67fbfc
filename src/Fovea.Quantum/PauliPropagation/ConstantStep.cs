namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// Everything between two levels of rotations by weights as one sparse matrix: channels and constant rotations. Row s holds what slot
/// s becomes; slots beyond the rows are zero before.
/// </summary>
/// <param name="Starts">[rows + 1]: where each row begins.</param>
/// <param name="Targets">[entries]: slots.</param>
/// <param name="Weights">[entries].</param>
internal sealed record ConstantStep(int[] Starts, int[] Targets, double[] Weights) : PullBackStep
{
    /// <summary>next[target] += weight · values[row]; <paramref name="next"/> is overwritten.</summary>
    public void Apply(ReadOnlySpan<double> values, Span<double> next)
    {
        next.Clear();
        for (var row = 0; row < Starts.Length - 1; row++)
        {
            var value = values[row];
            if (value == 0)
                continue;
            for (var k = Starts[row]; k < Starts[row + 1]; k++)
                next[Targets[k]] += Weights[k] * value;
        }
    }

    /// <summary>The transpose: from cotangents behind the step to those before it.</summary>
    public void ApplyTransposed(ReadOnlySpan<double> cotangents, Span<double> previous)
    {
        previous.Clear();
        for (var row = 0; row < Starts.Length - 1; row++)
        {
            var sum = 0.0;
            for (var k = Starts[row]; k < Starts[row + 1]; k++)
                sum += Weights[k] * cotangents[Targets[k]];
            previous[row] = sum;
        }
    }
}
