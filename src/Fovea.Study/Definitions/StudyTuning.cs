using System.Globalization;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Training.Configuration;

namespace Fovea.Study.Definitions;

/// <summary>Settings that every arm tries before the study: as many tries for each, at seeds that the study does not use.</summary>
/// <param name="Seeds">Seeds of the tries; none of them is one of the study's.</param>
/// <param name="Steps">Steps of a try's denoiser; null for as many as the study's arms take.</param>
/// <param name="Tries">The tries, the same for every arm.</param>
public sealed record StudyTuning(IReadOnlyList<int> Seeds, int? Steps, IReadOnlyList<TuningTry> Tries);

/// <summary>One of the settings that are tried.</summary>
/// <param name="Name">Its name, lower case letters, digits and hyphens.</param>
/// <param name="Set">Settings <c>key=value</c> over the arm's.</param>
public sealed record TuningTry(string Name, IReadOnlyList<string> Set);

/// <summary>Reads <c>[tuning]</c>.</summary>
internal static class StudyTuningReader
{
    private const int MostSteps = 10_000_000;

    public static StudyTuning? Read(SettingsReader settings, IReadOnlyList<int> studySeeds, IReadOnlyList<StudyArm> arms)
    {
        if (!settings.HasSection("tuning")) return null;
        var seeds = settings.WholeList("tuning.seeds", [], 0, int.MaxValue, 1000);
        if (seeds.Count == 0) throw settings.Broken("tuning.seeds", "is missing; allowed: whole numbers that are none of the study's seeds");
        if (seeds.Intersect(studySeeds).ToArray() is { Length: > 0 } twice)
        {
            throw settings.Broken(
                "tuning.seeds",
                $"holds {twice[0]}, which is one of the study's seeds; allowed: seeds that the study does not use, "
                    + $"so that what was chosen by a seed is not judged by it");
        }

        StudyReader.RequireOnce(settings, "tuning.seeds", seeds);
        int? steps = settings.Has("tuning.steps") ? settings.WholeNumber("tuning.steps", 1, 1, MostSteps) : null;
        TuningTry[] tries = [.. settings.Tables("tuning.tries").Select(Try)];
        if (tries.Length < 2)
            throw settings.Broken("tuning.tries", "are fewer than two; allowed: two tables [[tuning.tries]] and more, each with a name and a list set");
        StudyReader.RequireOnce(settings, "tuning.tries", tries.Select(item => item.Name));
        if (steps is not null && tries.FirstOrDefault(item => item.Set.Any(IsSteps)) is { } own)
        {
            throw settings.Broken(
                "tuning.tries", $"{own.Name} sets {TuningStudy.StepsKey}, which tuning.steps sets for all; allowed: one of them");
        }

        RequireOwnNames(settings, [.. from arm in arms from item in tries select TuningStudy.ArmOf(arm, item)]);
        return new(seeds, steps, tries);
    }

    // An arm's try is an arm of a study of its own, so named.
    private static void RequireOwnNames(SettingsReader settings, string[] names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw settings.Broken("tuning.tries", $"and arms give one name, ARM-TRY, to two: {twice.Key}; allowed: names that stay apart");
        if (names.FirstOrDefault(name => name.Length > StudyArmsReader.LongestName) is { } name)
        {
            throw settings.Broken(
                "tuning.tries", $"and arms give the name {name}, ARM-TRY, of {name.Length} characters; allowed: {StudyArmsReader.LongestName} at most");
        }
    }

    private static bool IsSteps(string setting) => setting.Split('=')[0].Trim() == TuningStudy.StepsKey;

    private static TuningTry Try(SettingsReader table)
    {
        var item = new TuningTry(table.Text("name", ""), table.Texts("set", []));
        table.RequireAllKnown();
        StudyArmsReader.RequireName(table, "name", item.Name);
        return item;
    }
}

/// <summary>The tries of a study as a study of their own: an arm for each arm and try, judged by held-out losses alone.</summary>
internal static class TuningStudy
{
    /// <summary>The setting that <c>tuning.steps</c> is of.</summary>
    internal const string StepsKey = "denoiser.training.steps";

    /// <summary>The study of a study's tries.</summary>
    /// <param name="study">A study that has some.</param>
    /// <param name="folder">The folder that its file will be in; a configuration's file is named from there.</param>
    public static StudySource Build(StudyDefinition study, string folder)
    {
        var tuning = study.Tuning!;
        var text = new StringBuilder();
        void Line(string key, object value) => text.Append(key).Append(" = ").Append(SettingsText.Value(value)).Append('\n');
        text.Append("# Written by the program: the tries of a study's [tuning]. What they chose is in tuning.json of the study's folder.\n");
        Line("name", $"{study.Name}-tuning");
        Line("title", "Which settings does each arm do best with?");
        Line("config", File.Exists(study.Config) ? Path.GetRelativePath(folder, Path.GetFullPath(study.Config)) : study.Config);
        Line("set", study.Set);
        Line("seeds", tuning.Seeds);
        Line("autoencoder_seed", study.AutoencoderSeed ?? tuning.Seeds[0]);
        foreach (var arm in study.Arms)
        {
            foreach (var item in tuning.Tries)
            {
                text.Append("\n[[arms]]\n");
                Line("name", ArmOf(arm, item));
                Line("autoencoder", arm.Autoencoder.ToName());
                Line("denoiser", arm.Denoiser.ToName());
                // The tuning's steps are every try's, whatever an arm takes in the study.
                Line("set", (IEnumerable<string>)[.. arm.Set, .. item.Set, .. tuning.Steps is { } steps ? [$"{StepsKey}={steps}"] : Array.Empty<string>()]);
            }
        }

        text.Append("\n[sampling]\ncount = 0\n");
        Line("seed", study.Sampling.Seed);
        return new StudySource(text.ToString(), StudyReader.FromToml(text.ToString(), $"{study.Name}: [tuning]", folder));
    }

    /// <summary>The name of the arm that stands for an arm's try.</summary>
    public static string ArmOf(StudyArm arm, TuningTry item) => $"{arm.Name}-{item.Name}";
}

/// <summary>What tuning chose for an arm.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Tries">Every try with its held-out losses, one a seed of the tuning.</param>
/// <param name="Chosen">The name of the try of the lowest mean loss, the first of equals.</param>
public sealed record TunedArm(string Arm, IReadOnlyList<TriedSettings> Tries, string Chosen)
{
    /// <summary>The choice among tries.</summary>
    /// <exception cref="InputException">No try ended with a finite loss.</exception>
    public static TunedArm Choose(string arm, IReadOnlyList<TriedSettings> tries)
    {
        var finite = tries.Where(item => double.IsFinite(item.Mean)).ToArray();
        return finite.Length > 0
            ? new(arm, tries, finite.MinBy(item => item.Mean)!.Name)
            : throw new InputException(
                $"tuning: no try of arm '{arm}' ended with a finite held-out loss, each diverged; give [[tuning.tries]] settings that train, as lower rates");
    }
}

/// <summary>A try of an arm.</summary>
/// <param name="Name">The try's name.</param>
/// <param name="Set">Its settings.</param>
/// <param name="Losses">Held-out losses, one a seed of the tuning.</param>
public sealed record TriedSettings(string Name, IReadOnlyList<string> Set, IReadOnlyList<double> Losses)
{
    /// <summary>The mean over the seeds.</summary>
    public double Mean => Losses.Count > 0 ? Losses.Average() : double.NaN;

    /// <summary>The mean as tables tell it.</summary>
    internal string Text => double.IsFinite(Mean) ? Mean.ToString("F4", CultureInfo.InvariantCulture) : "diverged";
}

/// <summary>What tuning chose, as the study's folder keeps it in <c>tuning.json</c>.</summary>
/// <param name="Steps">Steps of a try's denoiser; null for as many as the study's arms take.</param>
/// <param name="Seeds">Seeds of the tries.</param>
/// <param name="Arms">The arms.</param>
public sealed record TuningResult(int? Steps, IReadOnlyList<int> Seeds, IReadOnlyList<TunedArm> Arms)
{
    /// <summary>A study whose arms have the chosen settings beside their own.</summary>
    public StudyDefinition Apply(StudyDefinition study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return study with
        {
            Arms = [.. study.Arms.Select(arm => Arms.FirstOrDefault(tuned => tuned.Arm == arm.Name) is { } tuned
                ? arm with { Set = [.. arm.Set, .. Chosen(tuned)] }
                : arm)],
        };
    }

    private static IReadOnlyList<string> Chosen(TunedArm arm) => (arm.Tries.FirstOrDefault(item => item.Name == arm.Chosen)
        ?? throw new InputException($"tuning.json: arm '{arm.Arm}' chose '{arm.Chosen}', which is none of its tries; delete it, it is made again")).Set;
}
