namespace Fovea.Core.Errors;

/// <summary>Why a file cannot be read, in words of this program: those of the runtime repeat the path and call a folder a lack of rights.</summary>
public static class FileProblem
{
    /// <summary>The reason, one line.</summary>
    /// <param name="path">The file that was to be read.</param>
    /// <param name="failure">What reading it threw.</param>
    public static string Of(string path, Exception failure) => failure switch
    {
        null => throw new ArgumentNullException(nameof(failure)),
        _ when Directory.Exists(path) => "it is a folder, a file is needed",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "this user may not read it",
        _ => failure.Message.ReplaceLineEndings(" "),
    };
}
