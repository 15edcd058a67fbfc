using System.Globalization;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using TorchSharp;

namespace Fovea.Tests.Training.Stages;

/// <summary>What moved the angles of quantum denoisers: in the study of docs/results/first-study, and in the model that comes with the program.</summary>
public sealed class TrainedAnglesTests
{
    private const double WeightDecay = 0.01;

    [Fact]
    public void AnglesOfTheStudy_MovedByDecayAndAWalkWithoutGradient_AsTheStudyPageSays()
    {
        // The cell quantum-all-seed0: where its 360 angles began and where they ended.
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "study-64-angles.csv")).Skip(1)
            .Select(line => line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        double[] start = [.. rows.Select(row => row[0])];
        double[] moved = [.. rows.Select(row => row[1] - row[0])];

        // Least squares of the displacement on the start.
        var (meanStart, meanMoved) = (start.Average(), moved.Average());
        var spread = start.Sum(angle => Math.Pow(angle - meanStart, 2));
        var slope = start.Zip(moved, (angle, displacement) => (angle - meanStart) * (displacement - meanMoved)).Sum() / spread;
        var remainder = Math.Sqrt(
            start.Zip(moved, (angle, displacement) => Math.Pow(displacement - meanMoved - slope * (angle - meanStart), 2)).Sum() / (start.Length - 2));
        var error = remainder / Math.Sqrt(spread);

        double[] rates = [.. Enumerable.Range(0, 1500).Select(step => LearningRate.At(step, 1500, 100, 8e-4))];
        var decay = rates.Aggregate(1.0, (product, rate) => product * (1 - rate * WeightDecay)) - 1;
        var walk = Math.Sqrt(rates.Sum(rate => rate * rate));

        Assert.Equal(360, start.Length);
        Assert.Equal(-0.0061, slope, 4);
        Assert.Equal(0.0005, error, 4);
        Assert.Equal(-0.0065, decay, 4);
        Assert.InRange(slope, decay - 2 * error, decay + 2 * error);
        Assert.Equal(0.018, remainder, 3);
        Assert.Equal(0.020, walk, 3);
        Assert.Equal(0.028, Math.Sqrt(moved.Average(displacement => displacement * displacement)), 3);
    }

    [Fact]
    public void AnglesOfTheShippedDenoiser_MovedFurtherThanDecayAndAWalkCould()
    {
        TorchRuntime.Initialize(1);
        var folder = PretrainedModels.FolderOf(PretrainedModels.Prefix + "fundus-64-quantum");
        var config = ShippedConfigs.Read(Path.Combine(folder, "config.toml"), []);
        using var scope = torch.NewDisposeScope();
        var (trained, metadata) = DenoiserFile.Load(Path.Combine(folder, "denoiser.safetensors"), config);
        var moved = AnglesOf(trained)
            .Zip(AnglesOf(DenoiserFile.Create(config, metadata)), (end, begin) => Math.IEEERemainder(end - begin, 2 * Math.PI))
            .ToArray();
        Assert.True(config.DenoiserTraining.CircuitRate > 0);
        Assert.InRange(Math.Sqrt(moved.Average(displacement => displacement * displacement)), 0.3, Math.PI);
    }

    private static double[] AnglesOf(torch.nn.Module module) =>
    [
        .. module.named_parameters()
            .Where(named => named.name.EndsWith("conv2.weights", StringComparison.Ordinal))
            .SelectMany(named => named.parameter.detach().to(torch.float64).flatten().data<double>()),
    ];
}
