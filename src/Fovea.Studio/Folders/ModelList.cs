using Fovea.Training.Runs;

namespace Fovea.Studio.Folders;

/// <summary>The models that a studio's forms name: runs of its folder that have weights, then those that come with the program.</summary>
/// <param name="root">The studio's folder.</param>
internal sealed class ModelList(StudioRoot root)
{
    private const string Here = "."; // the folder itself

    /// <summary>Their names.</summary>
    internal IReadOnlyList<string> Names { get; } =
    [
        .. FolderScan.Find(root)
            .Where(item => item.Kind is ItemKind.Run or ItemKind.Model && !IsShipped(item.Name) // a folder may be called as one that comes with the program
                && root.FileAt(item.Name.Length == 0 ? RunFiles.Denoiser : $"{item.Name}/{RunFiles.Denoiser}") is not null)
            .Select(item => item.Name.Length == 0 ? Here : item.Name),
        .. PretrainedModels.Names.Select(name => PretrainedModels.Prefix + name),
    ];

    /// <summary>What takes a run takes for a model: its folder, or <c>pretrained:NAME</c>; null where there is no such model.</summary>
    internal string? RunOf(string name) => !Names.Contains(name) ? null : IsShipped(name) ? name : root.Resolve(name == Here ? "" : name);

    /// <summary>The same as a line for a terminal has it.</summary>
    internal static string Shown(StudioRoot root, string name) => IsShipped(name) ? name : root.ShownPath(name == Here ? "" : name);

    /// <summary>Its configuration, as such a line has it.</summary>
    internal static string ShownConfig(StudioRoot root, string name) => IsShipped(name)
        ? Path.Combine(PretrainedModels.FolderOf(name), RunFiles.Config)
        : root.ShownPath(name == Here ? RunFiles.Config : $"{name}/{RunFiles.Config}");

    private static bool IsShipped(string name) => name.StartsWith(PretrainedModels.Prefix, StringComparison.Ordinal);
}
