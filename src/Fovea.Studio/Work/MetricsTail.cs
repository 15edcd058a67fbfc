using System.Text;
using System.Text.Json;

namespace Fovea.Studio.Work;

/// <summary>What is added to a log of JSON lines that another process writes.</summary>
/// <param name="path">The log; it need not be there yet.</param>
/// <param name="from">Bytes that are known already.</param>
internal sealed class MetricsTail(string path, long from)
{
    private const int MostBytes = 4 << 20;
    private long _place = from;

    /// <summary>Whether the log became shorter since: it was written anew, and what is known of it no longer holds.</summary>
    internal bool IsReset { get; private set; }

    /// <summary>The length of a log's whole lines; 0 where there is none.</summary>
    internal static long WholeLength(string path)
    {
        using var log = Open(path);
        if (log is null) return 0;
        var (length, end) = (log.Length, new byte[Math.Min(log.Length, 64 << 10)]);
        log.Seek(-end.Length, SeekOrigin.End);
        var read = log.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
        return length - read + end.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
    }

    /// <summary>Whole lines that came since the last call and are JSON objects. A half-written one comes when it is whole, a damaged one never.</summary>
    internal IReadOnlyList<string> Read()
    {
        using var log = Open(path);
        if (log is null) return [];
        if (log.Length < _place)
        {
            (IsReset, _place) = (true, 0);
            return [];
        }

        log.Seek(_place, SeekOrigin.Begin);
        var added = new byte[Math.Min(log.Length - _place, MostBytes)];
        var read = log.ReadAtLeast(added, added.Length, throwOnEndOfStream: false);
        var whole = added.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
        _place += whole;
        return [.. Encoding.UTF8.GetString(added, 0, whole).Split('\n').Select(line => line.Trim()).Where(IsObject)];
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsObject(string line)
    {
        try
        {
            using var parsed = JsonDocument.Parse(line);
            return parsed.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
