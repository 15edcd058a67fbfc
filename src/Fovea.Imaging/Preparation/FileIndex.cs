using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>Finds the file that a table means: by relative path, name or name without extension, and at last by what other systems make of them.</summary>
public sealed class FileIndex
{
    private readonly string _source;
    private readonly Dictionary<string, string> _byPath;
    private readonly ILookup<string, string> _byBarePath;
    private readonly ILookup<string, string> _byName;
    private readonly ILookup<string, string> _byStem;

    /// <summary>Indexes files.</summary>
    /// <param name="source">The source folder.</param>
    /// <param name="files">Relative paths with forward slashes.</param>
    public FileIndex(string source, IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(files);
        _source = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));
        _byPath = files.ToLookup(NameComparer.Normalise, StringComparer.Ordinal).Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.Single(), StringComparer.Ordinal);
        _byBarePath = files.ToLookup(file => NameComparer.Normalise(Path.ChangeExtension(file, null)), StringComparer.Ordinal);
        _byName = files.ToLookup(NameOf, StringComparer.OrdinalIgnoreCase);
        _byStem = files.ToLookup(file => Path.GetFileNameWithoutExtension(NameOf(file)), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The file that a row means; null for none.</summary>
    /// <param name="row">The file as the table names it.</param>
    /// <param name="table">The table, for messages.</param>
    /// <exception cref="InputException">It may mean several.</exception>
    public string? Match(string row, string table)
    {
        var matches = Find(row);
        return matches.Length <= 1
            ? matches.FirstOrDefault()
            : throw new InputException($"{table}: '{row}' matches {matches.Length} files ({matches[0]}, {matches[1]}); name them by relative path");
    }

    /// <summary>The files that a row may mean: those of the first way of reading it that finds any.</summary>
    internal string[] Find(string row)
    {
        var key = NameComparer.Normalise(row).Replace('\\', '/');
        if (key.StartsWith("./", StringComparison.Ordinal)) key = key[2..];
        if (key.Length == 0) return [];
        if (_byPath.TryGetValue(key, out var exact)) return [exact];
        if (_byBarePath[key].ToArray() is { Length: > 0 } bare) return bare;
        var name = NameOf(key);
        string[] named = [.. _byName[name].Where(file => FoldersAgree(key, file))];
        if (named.Length == 0) named = [.. _byStem[name].Where(file => FoldersAgree(key, file))];
        // The pictures may have been saved in another format since the table was written.
        if (named.Length == 0 && PictureFiles.Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            named = [.. _byStem[Path.GetFileNameWithoutExtension(name)].Where(file => FoldersAgree(key, file))];
        string[] alike = [.. named.Where(file => NameOf(file).StartsWith(Path.GetFileNameWithoutExtension(name), StringComparison.Ordinal))];
        return alike.Length > 0 ? alike : named;
    }

    private static string NameOf(string path) => NameComparer.Normalise(path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>One path must end with the other, the source's folder counted: a row of train/1.png is not about test/1.png.</summary>
    private bool FoldersAgree(string key, string file)
    {
        string[] given = key.Split('/', StringSplitOptions.RemoveEmptyEntries)[..^1];
        string[] there = [_source, .. file.Split('/')[..^1]];
        return Enumerable.Range(1, Math.Min(given.Length, there.Length)).All(back => NameComparer.Instance.Equals(given[^back], there[^back]));
    }
}
