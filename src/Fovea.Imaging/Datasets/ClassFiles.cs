using System.Globalization;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Imaging.Datasets;

/// <summary>
/// Which class the pictures of a folder are of: <c>classes.csv</c> names the class of each, and folders of classes have names that
/// are safe on every file system. A class's name comes from a stranger's table and is never a path.
/// </summary>
public static class ClassFiles
{
    /// <summary>The table: a row a picture.</summary>
    public const string TableName = "classes.csv";

    private const string Prefix = "class-";
    private static readonly string[] s_header = ["file", "class"];

    /// <summary>
    /// A folder name for each class: its own name where that is safe and no other differs from it in case only, else
    /// <c>class-2-mild-dr</c> of its label and what is safe of its name.
    /// </summary>
    /// <param name="classNames">The names, in label order.</param>
    /// <returns>Names that differ on file systems that take no notice of case, too.</returns>
    public static IReadOnlyList<string> FolderNames(IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        var often = classNames.CountBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return [.. classNames.Select((name, label) => often[name] == 1 && IsFree(name) ? name : Made(label, name))];
    }

    /// <summary>Writes the table beside the pictures.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pictures">The path of each picture relative to it, with forward slashes, and its class.</param>
    public static void Write(string folder, IEnumerable<(string File, string Class)> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var text = new StringBuilder();
        CsvWriter.AppendRow(text, s_header);
        foreach (var (file, name) in pictures) CsvWriter.AppendRow(text, file, name);
        AtomicFile.WriteText(Path.Combine(folder, TableName), text.ToString());
    }

    /// <summary>Removes a table of this form, and no other file.</summary>
    public static void Remove(string folder)
    {
        if (Rows(folder, StringComparer.Ordinal) is not null) File.Delete(Path.Combine(folder, TableName));
    }

    /// <summary>
    /// The class of each picture that the folder's table names, by its path relative to the folder; of a folder in it, where all its pictures are of one class,
    /// too.
    /// </summary>
    /// <returns>Null when the folder has no table of this form.</returns>
    /// <exception cref="InputException">The table cannot be read.</exception>
    public static IReadOnlyDictionary<string, string>? Read(string folder)
    {
        if (Rows(folder, StringComparer.OrdinalIgnoreCase) is not { } rows) return null;
        var classes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Length != s_header.Length)
                throw new InputException($"{Path.Combine(folder, TableName)}: a row has {row.Length} fields, 'file' and 'class' are needed");
            if (!classes.TryAdd(PathOf(row[0]), row[1]) && classes[PathOf(row[0])] != row[1])
            {
                throw new InputException(
                    $"{Path.Combine(folder, TableName)}: {row[0]} is of the class '{classes[PathOf(row[0])]}' and of '{row[1]}'; one row a picture is needed");
            }
        }

        var folders = rows.GroupBy(row => PathOf(row[0]) is var path && path.LastIndexOf('/') is var at and >= 0 ? path[..at] : "", row => row[1])
            .Where(inner => inner.Key.Length > 0 && inner.Distinct().Count() == 1);
        foreach (var inner in folders.ToArray()) classes.TryAdd(inner.Key, inner.First());
        return classes;
    }

    // As listings name files.
    private static string PathOf(string cell) => cell.Replace('\\', '/') is var path && path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    private static string[][]? Rows(string folder, StringComparer comparer)
    {
        var path = Path.Combine(folder, TableName);
        if (!File.Exists(path)) return null;
        try
        {
            using var reader = new StreamReader(path);
            string[][] rows = [.. CsvReader.Read(reader)];
            return rows.Length > 0 && rows[0].Select(title => title.Trim()).SequenceEqual(s_header, comparer) ? rows[1..] : null;
        }
        catch (FormatException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({FileProblem.Of(path, e)})", e);
        }
    }

    // Names that are made here, and the table's, are not to be had otherwise.
    private static bool IsFree(string name) =>
        SafeName.IsSafe(name) && !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !name.Equals(TableName, StringComparison.OrdinalIgnoreCase);

    private static string Made(int label, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{label}{(SafeName.Slug(name) is { Length: > 0 } slug ? $"-{slug}" : "")}");
}
