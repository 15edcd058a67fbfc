using Fovea.Core.Errors;

namespace Fovea.Training.Runs;

/// <summary>
/// Trained runs that come with the program, beside it in the folder <c>pretrained</c>. Wherever a run's folder is asked for,
/// <c>pretrained:NAME</c> stands for one of them.
/// </summary>
public static class PretrainedModels
{
    /// <summary>What their names begin with in place of a path.</summary>
    public const string Prefix = "pretrained:";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "pretrained");

    /// <summary>Their names, without the prefix.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. (Directory.Exists(s_folder) ? Directory.GetDirectories(s_folder) : []).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The folder that a run's path means: that of a pretrained model for <c>pretrained:NAME</c>, else the path itself.</summary>
    /// <exception cref="InputException">No pretrained model is called so.</exception>
    public static string FolderOf(string run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!run.StartsWith(Prefix, StringComparison.Ordinal)) return run;
        var name = run[Prefix.Length..];
        if (!Names.Contains(name))
        {
            throw new InputException(
                $"{run}: no such pretrained model; allowed: {string.Join(", ", Names.Select(known => Prefix + known))}{NearestName.Hint(name, Names)}");
        }

        return Path.Combine(s_folder, name);
    }
}
