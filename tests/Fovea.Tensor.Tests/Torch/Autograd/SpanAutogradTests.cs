using Fovea.Torch.Autograd;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Autograd;

[Collection(nameof(MemoryMeasurements))]
public class SpanAutogradTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Apply_BothTypes_AgreesWithTensorFormula(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (inputs, weights) = Arguments(type);
        var (plainInputs, plainWeights) = (inputs.detach().clone().requires_grad_(), weights.detach().clone().requires_grad_());
        var outputs = SpanAutograd.Apply(new SineOperator(), inputs, weights);
        var expected = Formula(plainInputs, plainWeights);
        SpanAutograd.Backward(outputs.pow(2).sum());
        expected.pow(2).sum().backward();
        // The same few operations in the same precision, in another order: some units in the last place of numbers up to 10.
        var tolerance = type == ScalarType.Float32 ? 1e-5 : 1e-13;
        AssertClose(expected, outputs, tolerance);
        AssertClose(plainInputs.grad!, inputs.grad!, tolerance);
        AssertClose(plainWeights.grad!, weights.grad!, tolerance);
    }

    [Fact]
    public void Apply_Float64_PassesGradientCheck()
    {
        using var scope = NewDisposeScope();
        var (inputs, weights) = Arguments(ScalarType.Float64);
        // Differences err by about 1e-10; 1e-8 leaves room for sums of 15 rows.
        GradientCheck.Check(a => SpanAutograd.Apply(new SineOperator(), a[0], a[1]).pow(3).sum(), 1e-8, inputs, weights);
    }

    [Fact]
    public void Apply_StridedInputsAndExpandedCotangents_AgreesWithTensorFormula()
    {
        using var scope = NewDisposeScope();
        var leaf = rand([3, 4, 5], float64).requires_grad_();
        var twin = leaf.detach().clone().requires_grad_();
        var weights = rand([2, 1], float64).requires_grad_();
        var outputs = SpanAutograd.Apply(new SineOperator(), leaf.permute(1, 2, 0), weights);
        Assert.Equal([4L, 5L, 2L], outputs.shape);
        SpanAutograd.Backward(outputs.sum());
        Formula(twin.permute(1, 2, 0), weights.detach().flatten()).sum().backward();
        // Rounding of double precision.
        AssertClose(twin.grad!, leaf.grad!, 1e-13);
        Assert.Equal([2L, 1L], weights.grad!.shape);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Apply_OneSideFrozen_ComputesTheOtherGradientOnly(bool inputsLearn, bool weightsLearn)
    {
        using var scope = NewDisposeScope();
        var operation = new SineOperator();
        var (inputs, weights) = Arguments(ScalarType.Float32);
        inputs = inputs.detach().requires_grad_(inputsLearn);
        weights = weights.detach().requires_grad_(weightsLearn);
        SpanAutograd.Backward(SpanAutograd.Apply(operation, inputs, weights).sum());
        Assert.Equal((inputsLearn, weightsLearn), (operation.SawInputGradient, operation.SawWeightGradient));
        Assert.Equal((inputsLearn, weightsLearn), (inputs.grad is not null, weights.grad is not null));
    }

    [Fact]
    public void Apply_WithoutGradient_MakesNoNode()
    {
        using var scope = NewDisposeScope();
        var (inputs, weights) = Arguments(ScalarType.Float32);
        using (no_grad()) Assert.False(SpanAutograd.Apply(new SineOperator(), inputs, weights).requires_grad);
        Assert.False(SpanAutograd.Apply(new SineOperator(), inputs.detach(), weights.detach()).requires_grad);
    }

    [Fact]
    public void Apply_NoRows_GivesNoRowsAndZeroWeightGradient()
    {
        using var scope = NewDisposeScope();
        var weights = rand(2).requires_grad_();
        var outputs = SpanAutograd.Apply(new SineOperator(), zeros(0, 3), weights);
        Assert.Equal([0L, 2L], outputs.shape);
        SpanAutograd.Backward(outputs.sum());
        Assert.Equal([0f, 0f], TensorSpans.ToArray<float>(weights.grad!));
    }

    [Fact]
    public void Apply_ArgumentsThatDoNotFit_Throws()
    {
        using var scope = NewDisposeScope();
        var operation = new SineOperator();
        Assert.Throws<ArgumentException>(() => SpanAutograd.Apply(operation, zeros(4, 2), zeros(2)));
        Assert.Throws<ArgumentException>(() => SpanAutograd.Apply(operation, zeros(4, 3), zeros(3)));
        Assert.Throws<ArgumentException>(() => SpanAutograd.Apply(operation, zeros(4, 3), zeros(2, float64)));
        Assert.Throws<ArgumentException>(() => SpanAutograd.Apply(operation, zeros([4, 3], int64), zeros([2], int64)));
        Assert.Throws<ArgumentException>(() => SpanAutograd.Apply(operation, zeros([]), zeros(2)));
    }

    [Fact]
    public void Apply_ForwardThrows_ExceptionIsPassedOn()
    {
        using var scope = NewDisposeScope();
        var (inputs, weights) = Arguments(ScalarType.Float32);
        Assert.Throws<InvalidDataException>(() => SpanAutograd.Apply(new SineOperator { FailForward = true }, inputs, weights));
    }

    [Fact]
    public void Backward_OperatorThrows_IsThrownAfterThePassWithNaNGradients()
    {
        using var scope = NewDisposeScope();
        var operation = new SineOperator { FailBackward = true };
        var (inputs, weights) = Arguments(ScalarType.Float32);
        var loss = SpanAutograd.Apply(operation, inputs, weights).sum();
        var error = Assert.Throws<InvalidDataException>(() => SpanAutograd.Backward(loss));
        Assert.Equal("backward fails on purpose", error.Message);
        Assert.All(TensorSpans.ToArray<float>(inputs.grad!), value => Assert.True(float.IsNaN(value)));
        Assert.All(TensorSpans.ToArray<float>(weights.grad!), value => Assert.True(float.IsNaN(value)));
        operation.ThrowIfFailed();
    }

    [Fact]
    public void PlainBackward_OperatorThrows_IsThrownByTheNextApplyOnce()
    {
        using var scope = NewDisposeScope();
        var operation = new SineOperator { FailBackward = true };
        var (inputs, weights) = Arguments(ScalarType.Float32);
        SpanAutograd.Apply(operation, inputs, weights).sum().backward();
        Assert.Throws<InvalidDataException>(() => SpanAutograd.Apply(operation, inputs, weights));
        SpanAutograd.Apply(operation, inputs, weights);
    }

    [Fact]
    public void Backward_WeightsChangedInBetween_ThrowsInsteadOfEndingTheProcess()
    {
        using var scope = NewDisposeScope();
        var (inputs, weights) = Arguments(ScalarType.Float32);
        var loss = SpanAutograd.Apply(new SineOperator(), inputs, weights).sum();
        using (no_grad()) weights.add_(1);
        Assert.ThrowsAny<Exception>(() => SpanAutograd.Backward(loss));
    }

    [Fact]
    public void Backward_SecondDerivative_Throws()
    {
        using var scope = NewDisposeScope();
        var operation = new SineOperator();
        var (inputs, weights) = Arguments(ScalarType.Float32);
        autograd.grad([SpanAutograd.Apply(operation, inputs, weights).sum()], [inputs], create_graph: true);
        Assert.Throws<NotSupportedException>(operation.ThrowIfFailed);
    }

    [Fact]
    public void Backward_RunsOnTheCallingThread()
    {
        using var scope = NewDisposeScope();
        var operation = new SineOperator();
        var (inputs, weights) = Arguments(ScalarType.Float32);
        SpanAutograd.Backward(SpanAutograd.Apply(operation, inputs, weights).sum());
        Assert.Equal(Environment.CurrentManagedThreadId, operation.BackwardThread);
    }

    [Fact]
    public void Backward_TwoUsesOfOneOperator_AddsGradients()
    {
        using var scope = NewDisposeScope();
        var operation = new SineOperator();
        var (inputs, weights) = Arguments(ScalarType.Float64);
        SpanAutograd.Backward(SpanAutograd.Apply(operation, inputs, weights).sum());
        var once = weights.grad!.clone();
        weights.grad!.zero_();
        SpanAutograd.Backward(SpanAutograd.Apply(operation, inputs, weights).sum().add(SpanAutograd.Apply(operation, inputs, weights).sum()));
        Assert.Equal(3, operation.BackwardCalls);
        AssertClose(once.mul(2), weights.grad!, 1e-12);
    }

    [Fact]
    public void Apply_TwoThousandCalls_LeaksNothing()
    {
        var operation = new SineOperator();
        using var weights = rand(2).requires_grad_();
        using var large = rand(200, 3);
        long tensors = 0;
        long memory = 0;
        for (var call = 0; call < 2000; call++)
        {
            if (call == 200) (tensors, memory) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, ResidentMemory());
            using var scope = NewDisposeScope();
            SpanAutograd.Backward(SpanAutograd.Apply(operation, large.expand(20, 200, 3), weights).sum());
        }

        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // 1,800 calls of 4,000 rows × (3 + 2 + 2) floats: 200 MB if they stayed.
        Assert.InRange(ResidentMemory() - memory, long.MinValue, 50_000_000);
    }

    private static long ResidentMemory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static (torch.Tensor Inputs, torch.Tensor Weights) Arguments(ScalarType type)
    {
        var generator = new Generator(7);
        return (rand([15, 3], type, generator: generator).mul(4).sub(2).detach().requires_grad_(),
            rand([2], type, generator: generator).add(0.5).detach().requires_grad_());
    }

    private static torch.Tensor Formula(torch.Tensor inputs, torch.Tensor weights)
    {
        var x = inputs.unbind(-1);
        return stack([weights[0].mul(x[0]).sin().add(x[2]), weights[1].mul(x[0]).mul(x[1])], -1);
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = expected.sub(actual).abs().max().to(float64).item<double>();
        Assert.True(difference <= tolerance, $"largest difference {difference:R}, allowed {tolerance:R}");
    }
}
