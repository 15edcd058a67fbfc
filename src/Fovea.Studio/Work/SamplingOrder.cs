using System.Globalization;
using Fovea.Core.Files;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Imaging.Framing;
using Fovea.Training.Layers;
using Fovea.Training.Sampling;

namespace Fovea.Studio.Work;

/// <summary>What is to be drawn. What is null is the run's.</summary>
/// <param name="Models">One or two, with how they are called and what they are.</param>
/// <param name="Class">The class, as of the command; null for all.</param>
/// <param name="Guidance">Guidance scale.</param>
/// <param name="Seed">The seed, the same for all models.</param>
/// <param name="Sampler">The sampler.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Count">Images of each model.</param>
internal sealed record SamplingOrder(
    IReadOnlyList<(string Name, string Run)> Models, string? Class, double? Guidance, int Seed, string? Sampler, int? Steps, int Count)
{
    /// <summary>Guidance away from the network without its attention.</summary>
    internal double? AttentionGuidance { get; init; }

    /// <summary>The photograph that the images are variations of; null to begin from noise.</summary>
    internal PictureSource? Photograph { get; init; }

    /// <summary>The mask that the images follow; null for none.</summary>
    internal MaskSource? Mask { get; init; }

    /// <summary>The device that circuits run on; null for ideal ones.</summary>
    internal OrderedNoise? Noise { get; init; }

    /// <summary>The files of both, which go when the images are drawn.</summary>
    internal SentFiles? Sent { get; init; }

    /// <summary>What there is to say of these files, a line each.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The most images of an order.</summary>
    internal const int MostCount = 64;

    /// <summary>The most steps of an order.</summary>
    internal const int MostSteps = 250;

    /// <summary>The device of one of the models; null where it is drawn with ideal circuits, or without any.</summary>
    /// <param name="run">What the model is.</param>
    internal OrderedNoise? NoiseOf(string run) => Noise?.Runs.Contains(run) == true ? Noise : null;

    /// <summary>The arguments of the command that draws the images of a model.</summary>
    /// <param name="run">How the command names the model.</param>
    /// <param name="noise">The model's device.</param>
    internal IReadOnlyList<string> Arguments(string run, OrderedNoise? noise = null)
    {
        List<string> words = ["sample", run, "--count", Number(Count), "--seed", Number(Seed), "--out", "samples"];
        if (Class is not null) words.AddRange(["--class", Class]);
        if (Guidance is { } guidance) words.AddRange(["--guidance", guidance.ToString("R", CultureInfo.InvariantCulture)]);
        if (AttentionGuidance is { } attention) words.AddRange(["--attention-guidance", attention.ToString("R", CultureInfo.InvariantCulture)]);
        if (Sampler is not null) words.AddRange(["--sampler", Sampler]);
        if (Steps is { } steps) words.AddRange(["--steps", Number(steps)]);
        if (Photograph is { } photograph)
        {
            words.AddRange(["--from", Path.GetFileName(photograph.Files[0])]);
            if (photograph.Strength is { } strength) words.AddRange(["--strength", strength.ToString("R", CultureInfo.InvariantCulture)]);
            if (photograph.Framing != FramingKind.Retina) words.AddRange(["--framing", photograph.Framing.ToName()]);
        }

        if (Mask?.Path is { } mask) words.AddRange(["--mask", Path.GetFileName(mask)]);
        if (noise is not null) words.AddRange(noise.Arguments());
        return words;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A device that an order puts circuits on.</summary>
/// <param name="Profile">A shipped device; null for shots of ideal circuits.</param>
/// <param name="Scale">Factor on its noise; null for 1.</param>
/// <param name="Shots">Measurements of each expectation value; null for exact values.</param>
/// <param name="Runs">The models that have circuits; the others are drawn without a device.</param>
internal sealed record OrderedNoise(string? Profile, double? Scale, int? Shots, IReadOnlyCollection<string> Runs)
{
    /// <summary>Puts the layers of a model there.</summary>
    /// <param name="seed">Seed of the shots.</param>
    internal LayerNoise Layers(int seed)
    {
        var options = new ExecutionOptions { NoiseScale = Profile is null ? 0 : Scale ?? 1, Shots = Shots, Seed = (ulong)seed };
        return new(new DeviceBackend(ShippedProfiles.Load(Profile ?? ShippedProfiles.Names[0]), options));
    }

    /// <summary>The options of the command.</summary>
    internal IEnumerable<string> Arguments() =>
    [
        .. Profile is null ? [] : (string[])["--noise", Profile],
        .. Scale is { } scale ? (string[])["--noise-scale", scale.ToString("R", CultureInfo.InvariantCulture)] : [],
        .. Shots is { } shots ? (string[])["--shots", shots.ToString(CultureInfo.InvariantCulture)] : [],
    ];
}

/// <summary>Files that came with an order, in a temporary folder that only this user reads; disposed, they are gone.</summary>
internal sealed class SentFiles : IDisposable
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private string? _folder;
    private int _kept;

    /// <summary>Where the file of a field lies, under a name as near to its own as is safe; null where none was sent.</summary>
    internal string? PathOf(string field) => _files.GetValueOrDefault(field);

    /// <summary>Keeps a file.</summary>
    /// <param name="field">The field that it was sent in.</param>
    /// <param name="name">How the sender calls it.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task Keep(string field, string name, Stream content, CancellationToken cancellation)
    {
        _folder ??= Directory.CreateTempSubdirectory("fovea-studio-").FullName;
        // A folder for each, by number: what a sender calls a field is no path.
        var own = Directory.CreateDirectory(Path.Combine(_folder, (_kept++).ToString(CultureInfo.InvariantCulture)));
        var path = Path.Combine(own.FullName, SafeName.Of(name.Split('/', '\\')[^1]));
        await using (var file = File.Create(path)) await content.CopyToAsync(file, cancellation);
        _files[field] = path;
    }

    /// <summary>A message with files named as their sender does, without the folder.</summary>
    internal string NamedAsSent(string message) =>
        _files.Values.Aggregate(message, (text, path) => text.Replace(path, Path.GetFileName(path), StringComparison.Ordinal));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
