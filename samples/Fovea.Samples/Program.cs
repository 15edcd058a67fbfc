using Fovea.Samples;

Dictionary<string, Action> samples = new()
{
    ["gradients"] = CircuitGradients.Run,
    ["noise"] = NoisyDevice.Run,
    ["mixture"] = GaussianMixture.Run,
    ["hybrid"] = HybridLayer.Run,
    ["latent"] = LatentDiffusion.Run,
};

if (args.Length == 0 || !args.All(samples.ContainsKey))
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project samples/Fovea.Samples -- {string.Join('|', samples.Keys)} ...");
    return 2;
}

foreach (var name in args) samples[name]();
return 0;
