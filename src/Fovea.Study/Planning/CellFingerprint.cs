using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
using Fovea.Study.Definitions;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Study.Planning;

/// <summary>Hashes of what a cell depends on. Threads, and how often a run saves and logs, are not among it.</summary>
internal sealed class CellFingerprint
{
    /// <summary>To be raised when the program computes other results from equal settings and its version stays.</summary>
    private const int Method = 1;

    private readonly StudyDefinition _definition;
    private readonly Laterality? _sides;
    private readonly string? _maskHash;
    private readonly string _judging;
    private readonly string _noise;

    /// <summary>Reads what is the same for all cells: judges' files and devices' profiles.</summary>
    public CellFingerprint(StudyDefinition definition, string dataHash, int side, Laterality? sides = null, string? maskHash = null)
    {
        (_definition, _sides, _maskHash) = (definition, sides, maskHash);
        DataHash = dataHash;
        var judging = definition.Judging;
        _judging = !definition.Sampling.Draws
            ? ""
            : $"{judging.Split} {string.Join(' ', judging.Features.Select(FeatureNetworks.HashOf))} "
                + $"{NamedGrader.HashOf(judging.Grader, side)} {judging.HalfSamples}";
        if (definition.Noise is { } levels) RequireOwnNames(definition, levels);
        _noise = definition.Noise is { } noise
            ? $"{string.Join('\n', noise.Profiles.Select(ProfileText))} "
                + $"{string.Join(' ', noise.Scales.Select(scale => scale.ToString("R", CultureInfo.InvariantCulture)))} {noise.Count}"
            : "";
    }

    /// <summary>The program's version with the commit that it was built of.</summary>
    public static string Version { get; } =
        typeof(CellFingerprint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The dataset's content hash.</summary>
    public string DataHash { get; }

    /// <summary>The version that counts: a commit that changes no result must not make a month of cells worthless.</summary>
    private static string CodeVersion { get; } = $"{Version.Split('+')[0]} {Method}";

    private IEnumerable<string> SharedAutoencoder => _definition.AutoencoderSeed is { } seed ? [$"autoencoder of seed {seed}"] : [];

    /// <summary>The settings that a run depends on.</summary>
    public static string OfConfig(RunConfig config) => Hash(Lines(config.SettingsThatAffect(Affects.Weights | Affects.Sampling)), TrainingNoise(config));

    /// <summary>What an autoencoder depends on.</summary>
    public string OfAutoencoder(RunConfig config, TrainingSize size, int images)
    {
        var quantum = config.Quantum is { Enabled: true, Autoencoder.Count: > 0 };
        return Hash(
            AutoencoderMetadata.ArchitectureOf(config),
            Lines(config.SettingsThatAffect(Affects.AutoencoderTraining, quantum)),
            quantum && config.Noise.Profile is { } profile ? ProfileText(profile) : "",
            Lines(config.SettingsThatAffect(Affects.Randomness)), Data(size, images, labelled: false) + Sight(config), CodeVersion);
    }

    /// <summary>What a cell's weights depend on. How images are drawn of them does not matter: a longer series needs no new training.</summary>
    public string OfRun(RunConfig config, TrainingSize size, int images) =>
        Hash([Lines(config.SettingsThatAffect(Affects.Weights)), TrainingNoise(config), Data(size, images, config.Denoiser.ClassConditional) + Sight(config),
            CodeVersion, .. SharedAutoencoder, .. Masks(config)]);

    /// <summary>What a cell's weights and images depend on.</summary>
    public string OfSamples(RunConfig config, TrainingSize size, int images) =>
        Hash([OfConfig(config), Data(size, images, config.Denoiser.ClassConditional) + Sight(config),
            $"{_definition.Sampling.Count} {_definition.Sampling.Seed}", CodeVersion, .. SharedAutoencoder, .. Masks(config)]);

    /// <summary>What a cell's result depends on.</summary>
    public string OfResult(string sampleKey, bool hasNoise) => Hash(sampleKey, $"{_definition.Sampling.Grid}", _judging, hasNoise ? _noise : "");

    /// <summary>SHA-256 of some texts.</summary>
    public static string Hash(params IEnumerable<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));

    private static string TrainingNoise(RunConfig config) => config.Noise.Profile is { } profile && config.Quantum.Enabled ? ProfileText(profile) : "";

    // Levels, and what is drawn at them, are told apart by the device's name.
    private static void RequireOwnNames(StudyDefinition definition, StudyNoise noise)
    {
        if (noise.Profiles.GroupBy(NameOf).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputException(
                $"study {definition.Name}: noise.profiles: {string.Join(" and ", twice)} both describe a device called {twice.Key}; give each its own name");
        }

        string NameOf(string source)
        {
            try
            {
                return ShippedProfiles.Load(source).Name;
            }
            catch (InputException e)
            {
                throw new InputException($"study {definition.Name}: noise.profiles: {e.Message}", e);
            }
        }
    }

    private static string ProfileText(string profile) => DeviceProfileWriter.ToToml(ShippedProfiles.Load(profile));

    private static string Lines(IEnumerable<KeyValuePair<string, object>> settings) =>
        string.Join('\n', settings.Select(setting => $"{setting.Key} = {SettingsText.Value(setting.Value)}"));

    private IEnumerable<string> Masks(RunConfig config) => config.Denoiser.MaskConditional ? [$"masks {_maskHash}"] : [];

    // Earlier versions showed the discriminator whole pictures.
    private static string Sight(RunConfig config) => config.AutoencoderTraining.DiscriminatorWeight > 0 ? " detail" : "";

    // Earlier versions mirrored images whose class names a side and left them their class: only where that shows in the weights, they are others now.
    private string Data(TrainingSize size, int images, bool labelled)
    {
        var showsSides = _sides is { } sides && (labelled ? sides.Describe() is not null : sides.HasFixed);
        return $"{DataHash}{(size == TrainingSize.All ? "" : $" {images}")}{(showsSides ? " sides" : "")}";
    }
}
