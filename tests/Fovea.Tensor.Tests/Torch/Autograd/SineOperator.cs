using Fovea.Torch.Autograd;

namespace Fovea.Tests.Torch.Autograd;

/// <summary>Two outputs of three inputs and two weights: sin(w0·x0) + x2 and w1·x0·x1.</summary>
internal sealed class SineOperator : SpanOperator
{
    internal bool FailForward { get; set; }

    internal bool FailBackward { get; set; }

    internal int BackwardCalls { get; private set; }

    internal bool SawInputGradient { get; private set; }

    internal bool SawWeightGradient { get; private set; }

    internal int BackwardThread { get; private set; }

    public override int InputWidth => 3;

    public override int WeightCount => 2;

    public override int OutputWidth => 2;

    protected override object? Forward<T>(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> outputs)
    {
        if (FailForward) throw new InvalidDataException("forward fails on purpose");
        for (var row = 0; row < inputs.Length / 3; row++)
        {
            var x = inputs[(3 * row)..];
            outputs[2 * row] = T.Sin(weights[0] * x[0]) + x[2];
            outputs[2 * row + 1] = weights[1] * x[0] * x[1];
        }

        return inputs.Length;
    }

    protected override void Backward<T>(
        object? saved, ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, ReadOnlySpan<T> cotangents, Span<T> inputGradients, Span<T> weightGradients)
    {
        BackwardCalls++;
        BackwardThread = Environment.CurrentManagedThreadId;
        if (FailBackward) throw new InvalidDataException("backward fails on purpose");
        Assert.Equal(inputs.Length, Assert.IsType<int>(saved));
        SawInputGradient = !inputGradients.IsEmpty;
        SawWeightGradient = !weightGradients.IsEmpty;
        for (var row = 0; row < inputs.Length / 3; row++)
        {
            var x = inputs[(3 * row)..];
            var (c0, c1) = (cotangents[2 * row], cotangents[2 * row + 1]);
            var cosine = T.Cos(weights[0] * x[0]);
            if (SawInputGradient)
            {
                inputGradients[3 * row] += c0 * cosine * weights[0] + c1 * weights[1] * x[1];
                inputGradients[3 * row + 1] += c1 * weights[1] * x[0];
                inputGradients[3 * row + 2] += c0;
            }

            if (!SawWeightGradient) continue;
            weightGradients[0] += c0 * cosine * x[0];
            weightGradients[1] += c1 * x[0] * x[1];
        }
    }
}
