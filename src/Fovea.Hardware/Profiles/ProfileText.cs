using Fovea.Core.Errors;

namespace Fovea.Hardware.Profiles;

/// <summary>Reads files that the user named.</summary>
internal static class ProfileText
{
    /// <summary>The file's text.</summary>
    /// <exception cref="InputException">There is no such file, or it cannot be read.</exception>
    public static string Read(string path)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file");
        return Guarded(path, () => File.ReadAllText(path));
    }

    /// <summary>The files of a folder that match a pattern.</summary>
    /// <exception cref="InputException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Files(string folder, string pattern) => Guarded(folder, () => Directory.GetFiles(folder, pattern));

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }
}
