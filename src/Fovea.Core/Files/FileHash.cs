using System.Security.Cryptography;
using Fovea.Core.Errors;

namespace Fovea.Core.Files;

/// <summary>What tells two versions of a file apart.</summary>
public static class FileHash
{
    /// <summary>SHA-256 of a file's bytes, lower-case hexadecimal.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static string Compute(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({FileProblem.Of(path, e)})", e);
        }
    }
}
