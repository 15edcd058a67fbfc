#:project ../../../../src/Fovea.Training/Fovea.Training.csproj
#:project ../../../../src/Fovea.Imaging/Fovea.Imaging.csproj
#:project ../../../../src/Fovea.Torch/Fovea.Torch.csproj
#:property PublishAot=false

// The held-out loss of each photograph: dotnet run losses.cs -- DATASET OUT.csv RUN …
// One row a photograph (its file), one column a run; the seed of noise and timesteps is that of the study's cells, 0.
using System.Globalization;
using Fovea.Imaging.Datasets;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

TorchRuntime.Initialize(1);
using var dataset = ImageDataset.Open(args[0]);
var columns = new List<IReadOnlyList<double>>();
foreach (var folder in args[2..])
{
    using var run = RunFolder.Open(folder);
    var config = RunConfigReader.FromFile(run.Config);
    using var model = TrainedModel.Load(run, config);
    columns.Add(HeldOutLoss.Measure(config, model, dataset, Split.Val, 0));
    Console.WriteLine($"{folder}: {columns[^1].Average():F6}");
}

using var table = File.CreateText(args[1]);
table.WriteLine(string.Join(',', ["file", .. args[2..].Select(folder => Path.GetFileName(Path.GetDirectoryName(folder)))]));
var indices = dataset.IndicesOf(Split.Val).ToArray();
for (var row = 0; row < indices.Length; row++)
    table.WriteLine(string.Join(',', [dataset.Entries[indices[row]].File, .. columns.Select(c => c[row].ToString("F6", CultureInfo.InvariantCulture))]));
