using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Imaging.Datasets;

/// <summary>
/// The folder beside a dataset in which it is written. <see cref="Commit"/> moves it into place; disposing without a commit
/// deletes it. Only files of a dataset are ever deleted, here and in the target.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private const string LockName = ".lock";
    private readonly string _target;
    private readonly bool _force;
    private readonly FileLock _lock;
    private bool _committed;

    public StagingFolder(string target, bool force)
    {
        _target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(target));
        _force = force;
        Path = _target + ".partial";
        var existed = Directory.Exists(_target);
        OutputFolder.Prepare(_target, force);
        if (!existed) Directory.Delete(_target);
        Directory.CreateDirectory(Path);
        // Two that write one dataset at a time would each remove what the other has written.
        _lock = FileLock.TryTake(File(LockName)) ?? throw new InputException($"{target}: another program writes this dataset now; choose another folder");
        DeleteFiles(Path);
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Commit()
    {
        // Someone may have filled the target in the meantime.
        OutputFolder.Prepare(_target, _force);
        // The description goes first and comes back last: a folder without it is no dataset, so no mixture can be opened.
        System.IO.File.Delete(System.IO.Path.Combine(_target, DatasetFiles.Description));
        // Masks of a dataset that is replaced must not come to lie beside other images.
        System.IO.File.Delete(System.IO.Path.Combine(_target, DatasetFiles.Masks));
        if (System.IO.File.Exists(File(DatasetFiles.Masks))) System.IO.File.Move(File(DatasetFiles.Masks), System.IO.Path.Combine(_target, DatasetFiles.Masks));
        foreach (var name in DatasetFiles.All)
            System.IO.File.Move(File(name), System.IO.Path.Combine(_target, name), overwrite: true);
        RemoveFolder();
        _committed = true;
    }

    public void Dispose()
    {
        if (_committed) return;
        try
        {
            DeleteFiles(Path);
            RemoveFolder();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that ended the writing matters more than the folder left behind.
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private void RemoveFolder()
    {
        _lock.Dispose();
        System.IO.File.Delete(File(LockName));
        Directory.Delete(Path);
    }

    private static void DeleteFiles(string folder)
    {
        foreach (var name in DatasetFiles.All.Append(DatasetFiles.Masks))
        {
            System.IO.File.Delete(System.IO.Path.Combine(folder, name));
            System.IO.File.Delete(System.IO.Path.Combine(folder, name + ".partial"));
        }
    }

    public static InputException Unwritable(string folder, Exception cause) =>
        new($"{folder}: the dataset cannot be written ({cause.Message})", cause);
}

/// <summary>The names of the files that make a dataset folder.</summary>
public static class DatasetFiles
{
    /// <summary>The images: uint8 [count, size, size, 3] in NPY format 1.0, C order, sRGB.</summary>
    public const string Images = "images.npy";

    /// <summary>The images' masks, in a dataset that has them: uint8 [count, classes, size, size], 255 where a pixel is wholly of the class.</summary>
    public const string Masks = "masks.npy";

    /// <summary>One row an image.</summary>
    public const string Manifest = "manifest.csv";

    /// <summary>Format version, settings, counts, classes, skipped files, content hash. Written last: without it there is no dataset.</summary>
    public const string Description = "dataset.json";

    /// <summary>A grid of images spread evenly over the dataset.</summary>
    public const string ContactSheet = "contact-sheet.png";

    /// <summary>The version of the format that this code writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>Every file that all datasets have, in the order in which they are moved into place.</summary>
    public static IReadOnlyList<string> All { get; } = [Images, Manifest, ContactSheet, Description];
}
