using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Fovea.Core.Files;

/// <summary>
/// Names of files and folders made of names that come from elsewhere: a table, a device's profile. Such a name may hold slashes, be
/// a device's of an operating system, or be longer than a file system takes.
/// </summary>
public static partial class SafeName
{
    private const int LongestSlug = 40;
    private const int HashDigits = 8;

    /// <summary>Whether the name can stand for a file or folder as it is, on every file system.</summary>
    public static bool IsSafe(string name) => Safe().IsMatch(name) && !Reserved().IsMatch(name);

    /// <summary>The name itself where it is safe, else what is safe of it with the start of its SHA-256, so that others stay others.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsSafe(name)
            ? name
            : $"{(Slug(name) is { Length: > 0 } slug ? slug : "name")}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits]}";
    }

    /// <summary>
    /// The letters a to z and digits of a name, with hyphens for what stands between them; at most 40 characters, and empty where there are none.
    /// </summary>
    public static string Slug(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slug = Unsafe().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length > LongestSlug ? slug[..LongestSlug].Trim('-') : slug;
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9 ._+-]{0,78}[A-Za-z0-9_+-])?\z")]
    private static partial Regex Safe();

    // Devices on Windows, whatever extension follows them.
    [GeneratedRegex(@"^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9])(\.|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Unsafe();
}
