using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Training.Configuration;

namespace Fovea.Study.Definitions;

/// <summary>Reads a study's arms and questions.</summary>
internal static class StudyArmsReader
{
    internal const int LongestName = 60;

    public static IReadOnlyList<StudyArm> Arms(SettingsReader settings)
    {
        StudyArm[] arms = [.. settings.Tables("arms").Select(Arm)];
        if (arms.Length == 0) throw settings.Broken("arms", "are missing; a study needs at least one table [[arms]]");
        StudyReader.RequireOnce(settings, "arms", arms.Select(arm => arm.Name));
        return arms;
    }

    public static IReadOnlyList<StudyQuestion> Questions(SettingsReader settings, IReadOnlyList<StudyArm> arms)
    {
        StudyQuestion[] asked = [.. settings.Tables("questions").Select(table => Question(table, arms))];
        StudyReader.RequireOnce(settings, "questions", asked.Select(question => $"{question.Arm} against {question.Against}"));
        return asked.Length > 0 ? asked : [.. arms.Skip(1).Select(arm => new StudyQuestion($"{arm.Name} against {arms[0].Name}", arm.Name, arms[0].Name))];
    }

    /// <summary>Throws for a name that could not be a file's.</summary>
    public static void RequireName(SettingsReader settings, string key, string name)
    {
        var words = name.Split('-');
        if (name.Length is 0 or > LongestName
            || !words.All(word => word.Length > 0 && word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))))
        {
            throw settings.Broken(
                key, $"= \"{name}\" is not allowed; allowed: lower case letters, digits and single hyphens between them, {LongestName} at most");
        }
    }

    public static InputException Unknown(SettingsReader settings, string key, string name, IReadOnlyList<StudyArm> arms)
    {
        string[] names = [.. arms.Select(arm => arm.Name)];
        return settings.Broken(key, $"names '{name}', which is no arm of this study; allowed: {string.Join(", ", names)}{NearestName.Hint(name, names)}");
    }

    private static StudyArm Arm(SettingsReader table)
    {
        var arm = new StudyArm(table.Text("name", ""), Kind(table, "autoencoder"), Kind(table, "denoiser"), table.Texts("set", []));
        table.RequireAllKnown();
        RequireName(table, "name", arm.Name);
        // What contradicts itself is told before anything is read.
        ArmSettings.RequireConsistent(arm);
        return arm;
    }

    private static BlockKind Kind(SettingsReader table, string key) => BlockKinds.Parse(table.Text(key, "classical", [.. BlockKinds.Names]));

    private static StudyQuestion Question(SettingsReader table, IReadOnlyList<StudyArm> arms)
    {
        var (arm, against) = (table.Text("arm", ""), table.Text("against", ""));
        var question = new StudyQuestion(table.Text("title", $"{arm} against {against}"), arm, against);
        table.RequireAllKnown();
        foreach (var (key, name) in new[] { ("arm", arm), ("against", against) })
            if (arms.All(known => known.Name != name)) throw Unknown(table, key, name, arms);
        return arm != against ? question : throw table.Broken("against", $"= \"{against}\" is the arm itself; allowed: another arm");
    }
}

/// <summary>Reads a study's seeds and training sizes.</summary>
internal static class StudySizesReader
{
    public static IReadOnlyList<int> Seeds(SettingsReader settings)
    {
        var seeds = settings.WholeList("seeds", [0], 0, int.MaxValue, 1000);
        if (seeds.Count == 0) throw settings.Broken("seeds", "is empty; allowed: a list of whole numbers");
        StudyReader.RequireOnce(settings, "seeds", seeds);
        return seeds;
    }

    public static IReadOnlyList<TrainingSize> Sizes(SettingsReader settings)
    {
        TrainingSize[] sizes = [.. settings.Items("sizes", ["all"]).Select(item => Size(settings, item))];
        if (sizes.Length == 0) throw settings.Broken("sizes", "is empty; allowed: \"all\", numbers of images, shares below 1");
        StudyReader.RequireOnce(settings, "sizes", sizes.Select(size => size.Name));
        return sizes;
    }

    private static TrainingSize Size(SettingsReader settings, object item) => item switch
    {
        "all" => TrainingSize.All,
        long images and >= 1 and <= int.MaxValue => new TrainingSize((int)images, null),
        double share and > 0 and < 1 => new TrainingSize(null, share),
        _ => throw Wrong(settings, item),
    };

    private static InputException Wrong(SettingsReader settings, object item) => settings.Broken(
        "sizes",
        string.Create(
            CultureInfo.InvariantCulture,
            $"holds {item}, which is not allowed; allowed: \"all\", a whole number of images from 1, a share of all above 0 and below 1"));
}

/// <summary>What an arm means for the configuration of a run.</summary>
internal static class ArmSettings
{
    private const string Enabled = "quantum.enabled";
    private const string Autoencoder = "quantum.autoencoder";
    private const string Denoiser = "quantum.denoiser";

    /// <summary>The settings of an arm, <c>key=value</c>: what its kinds mean, then its own.</summary>
    /// <exception cref="InputException">The arm's own settings contradict its kinds.</exception>
    public static IEnumerable<string> List(StudyArm arm)
    {
        RequireConsistent(arm);
        var quantum = arm.Autoencoder != BlockKind.Classical || arm.Denoiser != BlockKind.Classical;
        return [$"{Enabled}={(quantum ? "true" : "false")}", .. Network(Autoencoder, arm.Autoencoder), .. Network(Denoiser, arm.Denoiser), .. arm.Set];
    }

    private static string[] Network(string places, BlockKind kind) => [kind.LayerName() is { } layer ? $"{places}_layer={layer}" : $"{places}=[]"];

    /// <summary>Refuses settings of an arm that contradict its kinds.</summary>
    /// <exception cref="InputException">One does.</exception>
    public static void RequireConsistent(StudyArm arm)
    {
        foreach (var setting in arm.Set)
        {
            var key = setting.Split('=')[0].Trim();
            if (key is Enabled || key.EndsWith("_layer", StringComparison.Ordinal))
            {
                throw new InputException(
                    $"arm '{arm.Name}': set {setting} is not allowed; what stands in the circuits' place is said by autoencoder = and denoiser = of the arm");
            }

            var kind = key switch { Autoencoder => arm.Autoencoder, Denoiser => arm.Denoiser, _ => (BlockKind?)null };
            if (kind == BlockKind.Classical)
                throw new InputException($"arm '{arm.Name}': set {setting} is not allowed, the arm's {key.Split('.')[1]} is classical and has no such places");
            if (key is "seed" or "threads" or "size")
            {
                throw new InputException(
                    $"arm '{arm.Name}': set {setting} is not allowed; seeds are the study's, threads the command's, and all arms have images of one size");
            }
        }
    }
}
