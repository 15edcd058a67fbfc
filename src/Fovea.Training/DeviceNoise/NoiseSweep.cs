using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Devices.Compilation;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Training.DeviceNoise;

/// <summary>
/// Samples a trained run under several devices at several factors of their noise, from the same starting noise, and measures what changes.
/// A sweep that was stopped is continued by the same request.
/// </summary>
public static class NoiseSweep
{
    private const int MostCount = 100_000;

    /// <summary>Draws what is missing and writes tables, chart and grids.</summary>
    /// <returns>The results, the noiseless level first.</returns>
    /// <exception cref="InputException">A setting breaks a rule, a device cannot run the circuits, or the run has none.</exception>
    public static IReadOnlyList<LevelResult> Execute(NoiseSweepRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        var devices = request.Profiles.Select(source => (Source: source, Profile: ShippedProfiles.Load(source, request.Announce))).ToList();
        if (devices.GroupBy(device => device.Profile.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InputException($"{new NamedInput("Profiles")}: device {twice.Key} is named twice");
        using var run = RunFolder.Open(request.Run);
        var config = RunConfigReader.FromFile(run.Config);
        using var model = TrainedModel.Load(run, config, ComputeContext.Start(request.Threads ?? config.Threads, request.Device ?? ComputeDevices.Automatic));
        if (!model.QuantumLayers.Any()) throw new InputException($"{request.Run}: has no quantum layers, noise would change nothing");
        NoiseLevel[] levels =
        [
            NoiseLevel.Ideal,
            // Finite shots change images by themselves, and on all devices alike.
            .. from device in devices
               from scale in request.Scales.Order()
               where scale > 0 || (request.Shots is not null && device == devices[0])
               select new NoiseLevel(device.Profile.Name, device.Source, scale),
        ];
        var backends = levels.Select(level => Backend(level, devices.FirstOrDefault(d => d.Source == level.Source).Profile, request)).ToArray();
        var inserted = backends.Select(backend => Describe(backend, model)).ToArray();
        var classes = model.Denoiser.ClassCount > 0 ? ClassShares.Labels(model.DenoiserMetadata, model.Denoiser.ClassCount, request.Count) : null;
        var folder = SweepFolder.Open(request.Output, Description(request, run, config.Sampling, devices.Select(device => device.Profile), classes));
        var results = new List<LevelResult>();
        for (var k = 0; k < levels.Length; k++)
        {
            results.Add(
                folder.Result(levels[k], request.Count)
                    ?? Draw(levels[k], backends[k], inserted[k], model, folder, request, classes, (k, levels.Length), cancellation));
        }

        SweepReport.Write(folder, levels, results, config.Size);
        return results;
    }

    private static void Check(NoiseSweepRequest request)
    {
        if (request.Profiles.Count == 0)
            throw new InputException($"{new NamedInput("Profiles")} is empty; shipped are {string.Join(", ", ShippedProfiles.Names)}");
        if (request.Scales.Count == 0 || !request.Scales.All(CompilationOptions.IsNoiseScale))
        {
            throw new InputException(
                $"{new NamedInput("Scales")} {string.Join(',', request.Scales)} is not allowed; allowed: numbers from 0 to {CompilationOptions.MaxNoiseScale}");
        }

        if (request.Scales.Distinct().Count() != request.Scales.Count)
            throw new InputException($"{new NamedInput("Scales")} {string.Join(',', request.Scales)} names a factor twice");
        if (request.Count is < 1 or > MostCount) throw InputException.NotAllowed(nameof(request.Count), request.Count, $"1 to {MostCount}");
        if (request.Batch is < 1 or > 4096) throw InputException.NotAllowed(nameof(request.Batch), request.Batch, "1 to 4096");
        new ExecutionOptions { Shots = request.Shots }.Validate();
        if (request.Seed < 0) throw InputException.NotAllowed(nameof(request.Seed), request.Seed, "0 and above");
    }

    private static DeviceBackend? Backend(NoiseLevel level, DeviceProfile? profile, NoiseSweepRequest request) => profile is null ? null : new(
        profile,
        new ExecutionOptions { NoiseScale = level.Scale, Shots = request.Shots, Seed = (ulong)request.Seed, Mitigation = request.Mitigation });

    private static string[] Describe(DeviceBackend? backend, TrainedModel model) =>
        backend is null ? [] : [.. new LayerNoise(backend).Describe(model.Networks)];

    /// <summary>What makes two sweeps the same: the weights, the devices by content, and the settings.</summary>
    private static JsonObject Description(
        NoiseSweepRequest request, RunFolder run, SamplingOptions sampling, IEnumerable<DeviceProfile> profiles, int[]? classes)
    {
        var description = JsonSerializer.SerializeToNode(
            new
            {
                autoencoder = FileHash.Compute(run.Autoencoder),
                denoiser = FileHash.Compute(run.Denoiser),
                profiles = profiles.Select(DeviceProfileWriter.ToToml).ToArray(),
                scales = request.Scales.Order().ToArray(),
                request.Count,
                request.Seed,
                request.Steps,
                request.Shots,
                mitigation = request.Mitigation.ToString(),
            },
            SweepFolder.Json)!.AsObject();
        // How the run samples may change while its weights stay.
        description[SweepFolder.Sampling] = JsonSerializer.SerializeToNode(sampling, SweepFolder.Json);
        // The bits of a circuit's inputs depend on how many images are drawn together, and what is measured on these bits.
        if (request.Shots is not null) description["batch"] = request.Batch;
        // Named only where there are classes: sweeps of before drew images of no class, and go on where there is none.
        if (classes is not null)
        {
            description["classes"] = JsonSerializer.SerializeToNode(
                classes.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => new[] { pair.Key, pair.Value }));
        }

        return description;
    }

    private static LevelResult Draw(
        NoiseLevel level,
        DeviceBackend? backend,
        string[] inserted,
        TrainedModel model,
        SweepFolder folder,
        NoiseSweepRequest request,
        int[]? classes,
        (int Number, int Of) place,
        CancellationToken cancellation)
    {
        Array.ForEach(inserted, line => request.Announce?.Invoke($"{level.Name}: {line}"));
        var done = folder.Images(level, request.Count);
        var clock = Stopwatch.StartNew();
        using (backend is null ? null : new LayerNoise(backend).Apply(model.Networks))
        {
            var sample = new SampleRequest
            {
                Count = request.Count - done.Count,
                FirstImage = done.Count,
                Classes = classes?[done.Count..],
                Seed = request.Seed,
                Batch = request.Batch,
                Steps = request.Steps,
                Progress = request.Progress is not { } progress ? null
                    : new PartProgress(progress, ((long)place.Number * request.Count) + done.Count, (long)place.Of * request.Count)
                    {
                        Task = "noise sweep",
                        Detail = level.Name,
                    },
            };
            if (sample.Count > 0)
                model.Sampler.Sample(sample, (index, pixels) => { folder.Write(level, index, pixels, model.Side); done.Add(pixels); }, cancellation);
        }

        var noiseless = level == NoiseLevel.Ideal ? done : folder.Images(NoiseLevel.Ideal, request.Count);
        var result = new LevelComparison(model.Autoencoder, model.LatentScale, model.Side).Compare(
            level, done, noiseless, inserted, clock.Elapsed.TotalSeconds);
        folder.Write(result);
        return result;
    }
}

/// <summary>What a noise sweep draws.</summary>
public sealed record NoiseSweepRequest
{
    /// <summary>The trained run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>A device of this machine, by a name as <see cref="ComputeDevices"/> has them; null for what there is.</summary>
    public string? Device { get; init; }

    /// <summary>Threads, 0 for one a core; null for the run's.</summary>
    public int? Threads { get; init; }

    /// <summary>The sweep's folder: new, empty, or that of the same sweep, which is continued.</summary>
    public required string Output { get; init; }

    /// <summary>Devices: shipped names or files.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Factors on each device's noise; the noiseless images are always drawn, and 0 with <see cref="Shots"/> is a level of the first device.</summary>
    public required IReadOnlyList<double> Scales { get; init; }

    /// <summary>Images a level, the same noise of the diffusion process in each.</summary>
    public required int Count { get; init; }

    /// <summary>Image k's starting noise depends on the seed and k only.</summary>
    public int Seed { get; init; }

    /// <summary>Images sampled together.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Sampling steps; null for the run's.</summary>
    public int? Steps { get; init; }

    /// <summary>Measurements for every expectation value; null for exact values.</summary>
    public int? Shots { get; init; }

    /// <summary>What is done about noise after the measurement.</summary>
    public Mitigation Mitigation { get; init; }

    /// <summary>Told after each batch.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>Told what was inserted.</summary>
    public Action<string>? Announce { get; init; }
}
