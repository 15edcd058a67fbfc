using Fovea.Core.Errors;
using Fovea.Training.Configuration;

namespace Fovea.Study.Definitions;

/// <summary>Reads a study's arms and questions.</summary>
internal static class StudyArmsReader
{
    private const int LongestName = 60;

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
        return asked.Length > 0 ? asked : [.. arms.Skip(1).Select(arm => new StudyQuestion($"{arm.Name} against {arms[0].Name}", arm.Name, arms[0].Name))];
    }

    /// <summary>Throws for a name that could not be a file's.</summary>
    public static void RequireName(SettingsReader settings, string key, string name)
    {
        var words = name.Split('-');
        if (name.Length is 0 or > LongestName || !words.All(word => word.Length > 0 && word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))))
            throw settings.Broken(key, $"= \"{name}\" is not allowed; allowed: lower case letters, digits and single hyphens between them, {LongestName} at most");
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
        ArmSettings.Of(arm);
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
