using Fovea.Core.Errors;

namespace Fovea.Core.Files;

/// <summary>
/// Keeps other processes out, on this machine and on others that share the folder (where its file system passes locks on, as NFS does). The
/// system frees it when the process ends, however it ends. The file stays: to remove it could free another's.
/// </summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or null when another holds it.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (TryOpen(path) is { } first) return new FileLock(first);
            // Held by one that only looked, it is free a moment later.
            Thread.Sleep(Glance);
            return TryOpen(path) is { } second ? new FileLock(second) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written ({e.Message})", e);
        }
    }

    /// <summary>
    /// Whether another holds the lock now, in a folder that is only read, too. It is shared for a moment to find out, which who wants it overlooks.
    /// </summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is IOException busy && IsInUse(busy);
        }
    }

    /// <summary>Waits for the lock.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="waiting">Called once where another holds it.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static FileLock Take(string path, CancellationToken cancellation, Action? waiting = null)
    {
        var told = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken) return taken;
            if (!told) waiting?.Invoke();
            told = true;
            cancellation.WaitHandle.WaitOne(Patience);
        }
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e) when (IsInUse(e))
        {
            return null;
        }
    }

    // EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation; any other error is no lock of another's.
    private static bool IsInUse(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
