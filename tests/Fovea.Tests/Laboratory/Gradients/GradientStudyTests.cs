using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Laboratory.Gradients;

public sealed class GradientStudyTests
{
    // Sampled means are held to this many of their own standard errors.
    private const double StandardErrors = 5;
    private static readonly SampleBudget Many = new(4000, 4000, 0);

    [Fact]
    public void Variance_SingleRotation_IsHalf()
    {
        // ⟨Z⟩ = cos θ: the mean of sin² over a period.
        var figures = GradientStudy.Measure(new CircuitBuilder(1).RY(Angle.Weight(0), 0).Build(), 1, Many, TestContext.Current.CancellationToken).Variance();
        Assert.Equal(0.5, figures.AllPairs.Value, StandardErrors * figures.AllPairs.StandardError);
        // sin² has the variance 1/8.
        Assert.Equal(Math.Sqrt(0.125 / 4000), figures.AllPairs.StandardError, 0.0005);
        Assert.Equal(figures.AllPairs.Value, figures.Pairs[0][0], 1e-12);
    }

    [Fact]
    public void Variance_ProductOfTwo_IsAQuarterForEach()
    {
        // RY(x), RY(θ) apart from a CNOT: ⟨Z₁⟩ = cos θ₀ cos θ₁, each derivative has the mean square ½·½; ⟨Z₀⟩ = cos θ₀ has ½.
        var circuit = new CircuitBuilder(2).RY(Angle.Weight(0), 0).RY(Angle.Weight(1), 1).CNOT(0, 1).Build();
        var figures = GradientStudy.Measure(circuit, 2, Many, TestContext.Current.CancellationToken).Variance();
        Assert.Equal(0.5, figures.ByOutput[0].Value, StandardErrors * figures.ByOutput[0].StandardError);
        Assert.Equal(0.25, figures.ByOutput[1].Value, StandardErrors * figures.ByOutput[1].StandardError);
        Assert.Equal(0.375, figures.ByParameter[0].Value, StandardErrors * figures.ByParameter[0].StandardError);
        Assert.Equal(0.25, figures.AllPairs.Value, StandardErrors * figures.AllPairs.StandardError);
        Assert.Equal(1.0 / 3, figures.LivePairs.Value, StandardErrors * figures.LivePairs.StandardError);
    }

    [Theory]
    [InlineData("strongly-entangling", 3, 2, false)]
    [InlineData("ese2-recon", 5, 2, false)]
    [InlineData("hqconv", 4, 1, true)]
    public void Draw_Jacobians_EqualTheReferenceEngines(string name, int qubits, int layers, bool reupload)
    {
        var circuit = new AnsatzSubject(AnsatzRegistry.Get(name), qubits, layers, InputEncoding.X, reupload && layers > 0).WithEncoding();
        var sampler = new JacobianSampler(circuit, 7);
        var jacobians = sampler.Draw(3, 2, TestContext.Current.CancellationToken);
        var (inputs, weights) = (new double[2 * circuit.InputCount], new double[2 * circuit.WeightCount]);
        new ParameterDraws(circuit, 7).Fill(3, 2, inputs, weights);
        var reference = new ReferenceEngine(circuit);
        var (dx, dw) = (new double[circuit.InputCount], new double[circuit.WeightCount]);
        for (var output = 0; output < qubits; output++)
        {
            var cotangents = new double[qubits];
            cotangents[output] = 1;
            for (var draw = 0; draw < 2; draw++)
            {
                reference.VectorJacobianProduct(
                    inputs.AsSpan(draw * circuit.InputCount, circuit.InputCount),
                    weights.AsSpan(draw * circuit.WeightCount, circuit.WeightCount),
                    cotangents, dx, dw);
                var row = jacobians.AsSpan(((output * 2) + draw) * sampler.Columns, sampler.Columns).ToArray();
                // Both in double precision, a few dozen gates.
                Assert.Equal([.. dx, .. dw], row, (a, b) => Math.Abs(a - b) < 1e-11);
            }
        }
    }

    // Values of another program with its own sampling error of ±10 %: 200 draws of the parameters, inputs in RX, n = 4.
    [Theory]
    [InlineData("basic-entangler", 1, 0.094, 0.85)]
    [InlineData("strongly-entangling", 1, 0.017, 0.80)]
    [InlineData("ese2-recon", 1, 0.036, 0.36)]
    [InlineData("strongly-entangling", 2, 0.012, 0.84)]
    [InlineData("ese2-recon", 2, 0.027, 0.54)]
    public void FourQubits_GradientsAndEntanglement_EqualAnotherProgram(string name, int layers, double variance, double meyerWallach)
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get(name), 4, layers, InputEncoding.X);
        var gradients = GradientStudy.Measure(subject.WithEncoding(), 5, new(1000, 1000, 0), TestContext.Current.CancellationToken).Variance();
        var entanglement = Fovea.Laboratory.Diagnostics.EntanglementStudy.Measure(subject, 5, new(1000, 1000, 0), TestContext.Current.CancellationToken);
        Assert.Equal(variance, gradients.AllPairs.Value, 0.15 * variance);
        Assert.Equal(meyerWallach, entanglement.MeyerWallach.Value, 0.1 * meyerWallach);
    }

    [Fact]
    public void Measure_Budget_StopsWhereTheErrorIsSmallEnough()
    {
        var circuit = new AnsatzSubject(AnsatzRegistry.Get("sel"), 4, 1).WithEncoding();
        var few = GradientStudy.Measure(circuit, 1, new(40, 100_000, 0.1), TestContext.Current.CancellationToken).Variance().AllPairs;
        var many = GradientStudy.Measure(circuit, 1, new(40, 100_000, 0.01), TestContext.Current.CancellationToken).Variance().AllPairs;
        Assert.InRange(few.RelativeError, 0, 0.1);
        Assert.InRange(many.RelativeError, 0, 0.01);
        Assert.True(many.Samples > 10 * few.Samples);
    }
}
