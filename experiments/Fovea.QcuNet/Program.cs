using System.Globalization;
using System.Text.Json;
using Fovea.Imaging.Datasets;
using Fovea.QcuNet;
using Fovea.Torch.Runtime;

if (args is not [var folder, var output, var armName, var seedText, var stepsText] || !Enum.TryParse<Arm>(armName, ignoreCase: true, out var arm)
    || !int.TryParse(seedText, CultureInfo.InvariantCulture, out var seed) || !int.TryParse(stepsText, CultureInfo.InvariantCulture, out var steps))
{
    Console.Error.WriteLine($"usage: Fovea.QcuNet DATASET OUT {string.Join('|', Enum.GetNames<Arm>())} SEED STEPS");
    return 2;
}

var cell = Path.Combine(output, $"{arm}-{seed}".ToLowerInvariant());
var report = Path.Combine(cell, "result.json");
if (File.Exists(report)) return 0;
TorchRuntime.Initialize(1);
using var dataset = ImageDataset.Open(folder);
using var experiment = new Experiment(arm, seed, dataset);
experiment.Train(steps, (step, loss, rate) => Console.WriteLine($"{arm} {seed}: step {step} of {steps}, loss {loss:F4}, {rate:F2} steps/s"));
Directory.CreateDirectory(cell);
experiment.Save(Path.Combine(cell, "weights.safetensors"));
experiment.Sample(200, Path.Combine(cell, "samples"));
File.WriteAllText(report, JsonSerializer.Serialize(experiment.Measure(), new JsonSerializerOptions { WriteIndented = true }) + "\n");
return 0;
