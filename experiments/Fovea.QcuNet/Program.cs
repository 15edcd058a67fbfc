using System.Globalization;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.QcuNet;
using Fovea.Torch.Runtime;

if (args is not [var folder, var output, var armText, var seedText, var stepsText] || !Enum.TryParse<Arm>(armText, ignoreCase: true, out var arm)
    || !Enum.IsDefined(arm) || !Parse(seedText, out var seed) || !Parse(stepsText, out var steps))
{
    Console.Error.WriteLine($"usage: Fovea.QcuNet DATASET OUT {string.Join('|', Enum.GetNames<Arm>())} SEED STEPS");
    return 2;
}

try
{
    var cell = Path.Combine(output, $"{arm}-{seed}".ToLowerInvariant());
    var report = Path.Combine(cell, "result.json");
    if (File.Exists(report))
    {
        var done = JsonSerializer.Deserialize<Result>(File.ReadAllText(report))!.Steps;
        return done == steps ? 0 : throw new InputException($"{report}: is of {done} steps, not of {steps}; choose another folder");
    }

    TorchRuntime.Initialize(1);
    using var dataset = ImageDataset.Open(folder);
    using var experiment = new Experiment(arm, seed, dataset);
    experiment.Train(steps, (step, loss, rate) => Console.WriteLine($"{arm} {seed}: step {step} of {steps}, loss {loss:F4}, {rate:F2} steps/s"));
    Directory.CreateDirectory(cell);
    experiment.Save(Path.Combine(cell, "weights.safetensors"));
    experiment.Sample(200, Path.Combine(cell, "samples"));
    File.WriteAllText(report, JsonSerializer.Serialize(experiment.Measure(), new JsonSerializerOptions { WriteIndented = true }) + "\n");
    return 0;
}
catch (InputException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static bool Parse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
