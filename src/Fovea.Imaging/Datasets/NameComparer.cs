using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Fovea.Imaging.Datasets;

/// <summary>
/// The one rule by which names of classes and persons are compared, wherever they come from: a table, a folder, the command line.
/// Two names are the same when they agree in Unicode NFC without the spaces around them, whatever their case; numbers agree by
/// value (<c>1</c>, <c>01</c>, <c>1.0</c>), for spreadsheets write them as they please.
/// </summary>
public sealed partial class NameComparer : IEqualityComparer<string>
{
    // Space characters of no width, which text copied from elsewhere brings along unseen.
    private static readonly char[] s_unseen = ['\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u2060', '\uFEFF'];

    private static readonly HashSet<string> s_unknown = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "NA", "N/A", "#N/A", "<NA>", "n.a.", "nan", "none", "null", "-", "--", "?",
    };

    /// <summary>The rule as a comparer for dictionaries and sets.</summary>
    public static NameComparer Instance { get; } = new();

    /// <summary>The name in NFC without white space and unseen characters around it: the form in which it is kept and shown.</summary>
    public static string Normalise(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var trimmed = name.Trim();
        while (trimmed.Trim(s_unseen).Trim() is var shorter && shorter.Length < trimmed.Length) trimmed = shorter;
        return ComposedText.Of(trimmed);
    }

    /// <summary>Whether a cell says that nothing is known: empty, NA, N/A, nan, none, null, -, ? and what spreadsheets make of them.</summary>
    public static bool IsUnknown(string cell) => s_unknown.Contains(Normalise(cell));

    /// <summary>Whether two names are the same.</summary>
    public bool Equals(string? x, string? y) => x is null || y is null ? ReferenceEquals(x, y) : string.Equals(Key(x), Key(y), StringComparison.Ordinal);

    /// <summary>Equal for names that are the same.</summary>
    public int GetHashCode(string obj) => StringComparer.Ordinal.GetHashCode(Key(obj));

    private static string Key(string name)
    {
        var key = WhiteSpace().Replace(Normalise(name), " ").ToLowerInvariant();
        if (Number().Match(key) is not { Success: true } number) return key;
        var (whole, fraction) = (number.Groups["whole"].Value.TrimStart('0'), number.Groups["fraction"].Value.TrimEnd('0'));
        var digits = $"{(whole.Length > 0 ? whole : "0")}{(fraction.Length > 0 ? "." : "")}{fraction}";
        return key[0] == '-' && digits != "0" ? "-" + digits : digits;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("^[+-]?(?<whole>[0-9]+)([.](?<fraction>[0-9]+))?$")]
    private static partial Regex Number();
}

/// <summary>Text in Unicode NFC: letters and their accents as one character where there is one.</summary>
/// <remarks>
/// The runtime itself leaves text as it is when it runs without a culture library, as these programs do; GLib, which comes with
/// libvips, brings the tables of its own.
/// </remarks>
internal static unsafe class ComposedText
{
    private const int DefaultCompose = 1; // G_NORMALIZE_NFC
    private static readonly (nint Normalise, nint Free) s_glib = Load();

    public static string Of(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        if ("e\u0301".Normalize().Length == 1) return WellFormed(text).Normalize();
        if (s_glib.Normalise == 0) return text;
        var bytes = Encoding.UTF8.GetBytes(WellFormed(text));
        fixed (byte* start = bytes)
        {
            var composed = ((delegate* unmanaged<byte*, nint, int, byte*>)s_glib.Normalise)(start, bytes.Length, DefaultCompose);
            if (composed is null) return text;
            var result = Marshal.PtrToStringUTF8((nint)composed)!;
            ((delegate* unmanaged<byte*, void>)s_glib.Free)(composed);
            return result;
        }
    }

    /// <summary>Half a surrogate pair, which a damaged table may hold, becomes the replacement character.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static (nint Normalise, nint Free) Load()
    {
        var name = OperatingSystem.IsWindows() ? "libglib-2.0-0.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";
        return NativeLibrary.TryLoad(name, typeof(NetVips.Image).Assembly, null, out var library)
            && NativeLibrary.TryGetExport(library, "g_utf8_normalize", out var normalise)
            && NativeLibrary.TryGetExport(library, "g_free", out var free)
            ? (normalise, free)
            : default;
    }
}
