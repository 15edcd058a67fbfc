using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Cli.Diagnosis;

/// <summary>A folder that the program writes into.</summary>
/// <param name="Use">What for.</param>
/// <param name="Path">Where, without what tells of its owner.</param>
/// <param name="IsWritable">Whether it is, or can be made.</param>
/// <param name="Free">Bytes free on its disk; null where the system does not say.</param>
/// <param name="Remedy">What else can be done where it is not.</param>
internal sealed record FolderFacts(string Use, string Path, bool IsWritable, long? Free, string Remedy)
{
    /// <summary>Looks at a folder, or, where there is none yet, at the nearest one that it would be made in. Leaves nothing behind.</summary>
    internal static FolderFacts Of(string use, string path, string remedy, PersonalText personal)
    {
        var nearest = System.IO.Path.GetFullPath(path);
        while (!System.IO.Path.Exists(nearest) && System.IO.Path.GetDirectoryName(nearest) is { } parent) nearest = parent;
        return new(
            use, personal.Shorten(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path))), IsFolderWritable(nearest), FreeBytes(nearest), remedy);
    }

    private static bool IsFolderWritable(string folder)
    {
        try
        {
            OutputFolder.Prepare(folder, force: true);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
