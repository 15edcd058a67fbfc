namespace Fovea.Core.Files;

/// <summary>
/// Writes a file aside and moves it into place, so that a reader sees the old content or the new, never half of it. When the
/// writing fails (disk full, killed writer) the file that was there before stays as it was.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes through a stream. The data is flushed to the disk before the move.</summary>
    public static void Write(string path, Action<FileStream> write)
    {
        var aside = path + ".partial";
        // Outside of what cleans up: where it cannot be opened it is another writer's.
        var stream = new FileStream(aside, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            DeleteQuietly(aside);
            throw;
        }
    }

    /// <summary>Copies a file.</summary>
    public static void Copy(string source, string path) => Write(path, stream =>
    {
        using var original = File.OpenRead(source);
        original.CopyTo(stream);
    });

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that is being reported matters more than the file left behind.
        }
    }
}
