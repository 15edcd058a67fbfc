using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Laboratory.Spectra;

public sealed class SpectrumStudyTests
{
    private static readonly SampleBudget Few = new(8, 8, 0);

    [Fact]
    public void ToCoefficients_KnownPolynomial_FindsIt()
    {
        var grid = new FourierGrid(2, 2);
        var values = new double[grid.Points];
        for (var point = 0; point < grid.Points; point++)
        {
            var (x, y) = (grid.Inputs[2 * point], grid.Inputs[(2 * point) + 1]);
            values[point] = 0.5 + (0.25 * Math.Cos(2 * x)) - (0.75 * Math.Sin(x) * Math.Cos(y)) + Math.Sin(2 * y);
        }

        grid.ToCoefficients(values);
        // Rows are 1, cos, sin, cos 2, sin 2; the first input varies fastest.
        var expected = new double[25];
        (expected[0], expected[3], expected[2 + (5 * 1)], expected[5 * 4]) = (0.5, 0.25, -0.75, 1);
        Assert.Equal(expected, values, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0, 1, 2, 1], new[] { 0, 3, 7, 20 }.Select(k => grid.Orders[k]));
    }

    [Fact]
    public void Measure_HalfBrick_HasTheTermsOfItsLightCones()
    {
        // Known from the Pauli strings of the pulled-back outputs with random rotations.
        var spectrum = SpectrumStudy.Measure(new AnsatzSubject(AnsatzRegistry.Get("ese2-recon"), 8, 3), 1, Few, TestContext.Current.CancellationToken)!;
        Assert.Equal([6, 56, 42, 392], spectrum.Terms.Take(4));
        Assert.Equal(1028, spectrum.Terms.Sum());
        Assert.Equal(6, spectrum.HighestOrder);
    }

    [Theory]
    [InlineData("sel", 3, 2, InputEncoding.Y, false)]
    [InlineData("crx-ring", 3, 1, InputEncoding.X, false)]
    [InlineData("ese1-recon", 2, 2, InputEncoding.Z, true)]
    public void Measure_Powers_AddUpToTheSampledVariance(string name, int qubits, int layers, InputEncoding encoding, bool reupload)
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get(name), qubits, layers, encoding, reupload);
        var spectrum = SpectrumStudy.Measure(subject, 4, new(1, 1, 0), TestContext.Current.CancellationToken)!;
        var circuit = subject.WithEncoding();
        var (inputs, weights) = (new double[circuit.InputCount], new double[circuit.WeightCount]);
        new ParameterDraws(circuit, 4).Fill(0, 1, inputs, weights);
        const int Samples = 20_000;
        var x = RandomAngles(Samples * circuit.InputCount);
        var z = new double[Samples * qubits];
        new StateVectorEngine<double>(circuit).Forward(x, weights, z);
        var variance = Enumerable.Range(0, qubits).Average(output =>
        {
            var column = Enumerable.Range(0, Samples).Select(k => z[(k * qubits) + output]).ToArray();
            var mean = column.Average();
            return column.Average(value => (value - mean) * (value - mean));
        });
        // 20,000 samples of bounded numbers know their variance to a few per cent.
        Assert.Equal(variance, spectrum.Variance.Value, 0.04 * variance);
        Assert.Equal(1, spectrum.PowerByOrder.Sum(power => power.Value), 1e-12);
        // However its variance varies with the parameters: where there is one order alone, its share is known.
        var alone = SpectrumStudy.Measure(new AnsatzSubject(AnsatzRegistry.Get("sel"), 1, 1), 4, Few, TestContext.Current.CancellationToken)!;
        Assert.Equal((1, 0), (alone.PowerByOrder[1].Value, alone.PowerByOrder[1].StandardError));
        Assert.True(alone.Variance.StandardError > 0);
    }

    [Fact]
    public void Measure_RepeatedEncoding_HasHigherFrequencies()
    {
        var once = SpectrumStudy.Measure(new AnsatzSubject(AnsatzRegistry.Get("sel"), 2, 2), 1, Few, TestContext.Current.CancellationToken)!;
        var again = SpectrumStudy.Measure(new AnsatzSubject(AnsatzRegistry.Get("sel"), 2, 2, Reupload: true), 1, Few, TestContext.Current.CancellationToken)!;
        Assert.True(again.Terms[0] > once.Terms[0]);
        Assert.InRange(once.Terms.Max(), 1, 9);
    }

    [Fact]
    public void Measure_TooManyPointsOrProductsOfInputs_SaysNothing()
    {
        Assert.Null(SpectrumStudy.Measure(new AnsatzSubject(AnsatzRegistry.Get("sel"), 10, 1), 1, Few, TestContext.Current.CancellationToken));
        Assert.Null(SpectrumStudy.Measure(
            new AnsatzSubject(AnsatzRegistry.Get("sel"), 3, 1, InputEncoding.Iqp), 1, Few, TestContext.Current.CancellationToken));
    }

    private static double[] RandomAngles(int count)
    {
        var random = new Fovea.Core.Random.CounterRandom(17, 1);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble(0, Math.Tau))];
    }
}
