using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
using Fovea.Metrics.Distributions;
using Fovea.Training.Configuration;

namespace Fovea.Study.Definitions;

/// <summary>Reads a study's file and checks what can be checked without its configuration and its data.</summary>
public static class StudyReader
{
    private const int MostImages = 100_000;
    private const int LargestGrid = 256;
    private static readonly string[] Splits = ["val", "test", "train", "all"];

    /// <summary>Reads a file; files that it names may be beside it.</summary>
    /// <exception cref="InputException">Whatever is wrong with it, in one line.</exception>
    public static StudySource FromFile(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            return new StudySource(text, FromToml(text, path, Path.GetDirectoryName(Path.GetFullPath(path)) ?? ""));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: no such study file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the study cannot be read ({FileProblem.Of(path, e)})", e);
        }
    }

    /// <summary>Reads TOML text.</summary>
    /// <param name="toml">The text.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <param name="folder">The folder in which files that it names are looked for first.</param>
    /// <exception cref="InputException">Whatever is wrong with it, in one line.</exception>
    public static StudyDefinition FromToml(string toml, string source, string folder = "")
    {
        var settings = new SettingsReader(toml, source, []);
        var (arms, seeds) = (StudyArmsReader.Arms(settings), StudySizesReader.Seeds(settings));
        var sampling = ReadSampling(settings);
        var definition = new StudyDefinition
        {
            Name = settings.Text("name", "") is { Length: > 0 } name
                ? name
                : throw settings.Broken("name", "is missing; allowed: lower case letters, digits, hyphens"),
            Title = settings.Text("title", ""),
            Config = Beside(folder, RequireGiven(settings, "config", settings.Text("config", ""))),
            Set = settings.Texts("set", []),
            Seeds = seeds,
            AutoencoderSeed = settings.Has("autoencoder_seed") ? settings.WholeNumber("autoencoder_seed", 0, 0, int.MaxValue) : null,
            Sizes = StudySizesReader.Sizes(settings),
            Arms = arms,
            Protocol = StudyProtocolReader.Read(settings, seeds, sampling),
            Tuning = StudyTuningReader.Read(settings, seeds, arms),
            Questions = StudyArmsReader.Questions(settings, arms),
            Sampling = sampling,
            Judging = ReadJudging(settings, folder),
            Noise = ReadNoise(settings, folder, arms, sampling),
            Phantoms = settings.HasSection("phantoms")
                ? new StudyPhantoms(settings.WholeNumber("phantoms.count", 1000, 40, MostImages), settings.WholeNumber("phantoms.seed", 1, 0, int.MaxValue))
                : null,
        };
        settings.RequireAllKnown();
        StudyArmsReader.RequireName(settings, "name", definition.Name);
        if (definition.AutoencoderSeed is not null && definition.Sizes.Any(size => size != TrainingSize.All))
        {
            throw settings.Broken(
                "autoencoder_seed",
                "makes one autoencoder for all seeds, and smaller training sizes draw other images for each; "
                    + "allowed: sizes = [\"all\"], or no autoencoder_seed");
        }

        if (definition.Noise is { } noise && definition.Sizes.All(size => size.Name != noise.Size))
            throw settings.Broken("noise.size", $"= \"{noise.Size}\" is not allowed; allowed: {string.Join(", ", definition.Sizes.Select(size => size.Name))}");
        return definition;
    }

    private static StudySampling ReadSampling(SettingsReader settings)
    {
        var count = settings.WholeNumber("sampling.count", 500, 0, MostImages);
        if (count is > 0 and < SetSize.Least)
        {
            throw settings.Broken(
                "sampling.count", $"= {count} is not allowed; allowed: 0 (cells are judged by their held-out loss alone), {SetSize.Least} to {MostImages}");
        }

        var grid = settings.WholeNumber("sampling.grid", 16, 1, count == 0 ? LargestGrid : Math.Min(count, LargestGrid));
        if (Math.Sqrt(grid) % 1 != 0) throw settings.Broken("sampling.grid", $"= {grid} is not allowed; allowed: a square number: 1, 4, 9, 16, …");
        return new StudySampling(count, settings.WholeNumber("sampling.seed", 0, 0, int.MaxValue), grid);
    }

    private static StudyJudging ReadJudging(SettingsReader settings, string folder)
    {
        var split = settings.Text("judging.split", "val", Splits);
        var features = settings.Texts("judging.features", [FeatureNetworks.Shipped]);
        if (features.Count == 0) throw settings.Broken("judging.features", $"is empty; allowed: {FeatureNetworks.Shipped}, FILE.safetensors, FILE.onnx");
        RequireOnce(settings, "judging.features", features);
        var grader = settings.Text("judging.grader", "");
        return new StudyJudging(
            SplitNames.TryParse(split, out var known) ? known : null, [.. features.Select(name => Beside(folder, name))],
            grader.Length == 0 ? null : Beside(folder, grader), settings.WholeNumber("judging.half_samples", 40, 10, 10_000));
    }

    private static StudyNoise? ReadNoise(SettingsReader settings, string folder, IReadOnlyList<StudyArm> arms, StudySampling sampling)
    {
        if (!settings.HasSection("noise")) return null;
        if (!sampling.Draws)
        {
            throw settings.Broken(
                "noise", "draws a cell's images again, and sampling.count = 0 draws none; allowed: no [noise], or a sampling.count from " + SetSize.Least);
        }

        var named = settings.Texts("noise.arms", []);
        foreach (var name in named)
        {
            var arm = arms.FirstOrDefault(arm => arm.Name == name) ?? throw StudyArmsReader.Unknown(settings, "noise.arms", name, arms);
            if (!arm.Autoencoder.HasCircuits() && !arm.Denoiser.HasCircuits())
            {
                string[] withCircuits = [.. arms.Where(other => other.Autoencoder.HasCircuits() || other.Denoiser.HasCircuits()).Select(other => other.Name)];
                var allowed = withCircuits.Length > 0 ? string.Join(", ", withCircuits) : "no [noise], since no arm has any";
                throw settings.Broken("noise.arms", $"names '{name}', which has no circuits; allowed: {allowed}");
            }
        }

        var noise = new StudyNoise(
            named, NameOf(settings.Any("noise.size", "all")), [.. settings.Texts("noise.profiles", []).Select(name => Beside(folder, name))],
            settings.Reals("noise.scales", [1.0], 1e-6, 1000),
            settings.WholeNumber("noise.count", Math.Min(200, sampling.Count), SetSize.Least, sampling.Count));
        if (named.Count == 0) throw settings.Broken("noise.arms", "is empty; allowed: names of arms with circuits");
        if (noise.Profiles.Count == 0) throw settings.Broken("noise.profiles", "is empty; allowed: names of shipped devices or files");
        RequireOnce(settings, "noise.arms", named);
        RequireOnce(settings, "noise.profiles", noise.Profiles);
        RequireOnce(settings, "noise.scales", noise.Scales);
        return noise;
    }

    private static string NameOf(object size) =>
        size switch
        {
            string text => text,
            long images and > 0 and <= int.MaxValue => new TrainingSize((int)images, null).Name,
            double share => new TrainingSize(null, share).Name,
            _ => "",
        };

    private static string RequireGiven(SettingsReader settings, string key, string text) =>
        text.Length > 0
            ? text
            : throw settings.Broken(key, $"is missing; allowed: a configuration's file or shipped name ({string.Join(", ", ShippedConfigs.Names)})");

    internal static void RequireOnce<T>(SettingsReader settings, string key, IEnumerable<T> items)
    {
        if (items.GroupBy(item => item).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw settings.Broken(key, string.Create(CultureInfo.InvariantCulture, $"names {twice.Key} twice"));
    }

    private static string Beside(string folder, string name) => Path.Combine(folder, name) is var path && File.Exists(path) ? path : name;
}

/// <summary>The studies that come with the program, by name.</summary>
public static class ShippedStudies
{
    private const string Extension = ".toml";
    private static readonly EmbeddedTexts s_texts = new(typeof(ShippedStudies).Assembly, "studies/", Extension);

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => s_texts.Names;

    /// <summary>Reads a file, or the shipped study of that name when there is no such file.</summary>
    /// <exception cref="InputException">There is neither, or it breaks a rule.</exception>
    public static StudySource Read(string pathOrName)
    {
        if (File.Exists(pathOrName)) return StudyReader.FromFile(pathOrName);
        var text = s_texts.Find(pathOrName)
            ?? throw new InputException(
                $"{pathOrName}: no such study file, nor a shipped study ({string.Join(", ", Names)}){NearestName.Hint(pathOrName, Names)}");
        return new StudySource(text, StudyReader.FromToml(text, pathOrName + Extension));
    }
}
