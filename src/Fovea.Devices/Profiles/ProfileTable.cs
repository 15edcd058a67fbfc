using System.Globalization;
using Fovea.Core.Errors;
using Tomlyn.Model;

namespace Fovea.Devices.Profiles;

/// <summary>One table of a profile file: typed reads with one-line errors. What is not among the known keys is an error at once.</summary>
internal sealed class ProfileTable
{
    private readonly TomlTable _table;
    private readonly string _place;

    /// <summary>Wraps a table and checks its keys.</summary>
    /// <param name="table">The table.</param>
    /// <param name="place">File and table, for messages.</param>
    /// <param name="known">All keys it may have.</param>
    public ProfileTable(TomlTable table, string place, IReadOnlyCollection<string> known)
    {
        (_table, _place) = (table, place);
        if (table.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            throw Broken($"unknown key '{unknown}'{NearestName.Hint(unknown, known)}; allowed: {string.Join(", ", known)}");
    }

    /// <summary>An error about this table, in one line even where the file quotes a line break.</summary>
    public InputException Broken(string rule) => new($"{_place}: {rule.ReplaceLineEndings(" ")}");

    /// <summary>The value as TOML has it, or null.</summary>
    public object? Raw(string key) => _table.TryGetValue(key, out var value) ? value : null;

    /// <summary>A number; its range is the rules' matter.</summary>
    public double Number(string key, double fallback) => Raw(key) switch
    {
        null => fallback,
        double number => number,
        long number => number,
        var other => throw Wrong(key, other, "a number"),
    };

    /// <summary>A time under any one of its keys, in seconds.</summary>
    public double Seconds(string name, double fallback)
    {
        var given = TimeUnits.Names.Where(unit => _table.ContainsKey(TimeUnits.Key(name, unit))).ToList();
        if (given.Count > 1)
            throw Broken($"{TimeUnits.Key(name, given[0])} and {TimeUnits.Key(name, given[1])} are the same time; allowed: one of them");
        return given.Count == 0 ? fallback : Number(TimeUnits.Key(name, given[0]), 0) / TimeUnits.PerSecond(given[0])!.Value;
    }

    /// <summary>A whole number in [<paramref name="low"/>, <paramref name="high"/>] that must be there.</summary>
    public int WholeNumber(string key, int low, int high)
    {
        var value = Raw(key) ?? throw Broken($"{key} is missing; allowed: a whole number from {low} to {high}");
        return value is long number && number >= low && number <= high
            ? (int)number
            : throw Wrong(key, value, $"a whole number from {low} to {high}");
    }

    /// <summary>A string; null when it is not there.</summary>
    public string? Text(string key) => Raw(key) switch
    {
        null => null,
        string text => text,
        var other => throw Wrong(key, other, "a string"),
    };

    /// <summary>A name of an enumeration in lower case.</summary>
    public T Choice<T>(string key, T fallback) where T : struct, Enum
    {
        if (Raw(key) is not { } value) return fallback;
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
        if (value is string text && names.Contains(text)) return Enum.Parse<T>(text, ignoreCase: true);
        throw Wrong(key, value, string.Join(", ", names) + (value is string near ? NearestName.Hint(near, names) : ""));
    }

    /// <summary>A list of strings; empty when it is not there.</summary>
    public IReadOnlyList<string> Texts(string key) => Raw(key) switch
    {
        null => [],
        TomlArray items when items.All(item => item is string) => [.. items.Cast<string>()],
        var other => throw Wrong(key, other, "a list of strings"),
    };

    /// <summary>A table; empty when it is not there.</summary>
    public TomlTable Table(string key) => Raw(key) switch
    {
        null => [],
        TomlTable table => table,
        var other => throw Wrong(key, other, $"a table, [{key}]"),
    };

    /// <summary>The tables of a repeated header; none when it is not there.</summary>
    public IReadOnlyList<TomlTable> Tables(string key) => Raw(key) switch
    {
        null => [],
        TomlTableArray tables => [.. tables],
        TomlArray items when items.All(item => item is TomlTable) => [.. items.Cast<TomlTable>()],
        var other => throw Wrong(key, other, $"tables, each under [[{key}]]"),
    };

    /// <summary>A pair of qubits, or null when it is none.</summary>
    public static (int First, int Second)? Pair(object? value) =>
        value is TomlArray { Count: 2 } items && items[0] is long first && items[1] is long second
            && first == (int)first && second == (int)second ? ((int)first, (int)second) : null;

    /// <summary>An error about one value.</summary>
    public InputException Wrong(string key, object value, string allowed) => Broken($"{key} = {Quote(value)} is not allowed; allowed: {allowed}");

    private static string Quote(object value) => value switch
    {
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        double number => ProfileNumber.Short(number),
        TomlArray items => items.Count > 8 ? $"a list of {items.Count}" : "[" + string.Join(", ", items.Select(item => Quote(item ?? ""))) + "]",
        TomlTable or TomlTableArray => "a table",
        _ => value.ToString() ?? "",
    };
}

/// <summary>Numbers as TOML writes them.</summary>
internal static class ProfileNumber
{
    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Exact(double value) => Text(value, "R");

    /// <summary>Twelve digits, for messages: a converted time carries a rounding error that nobody wrote.</summary>
    public static string Short(double value) => Text(value, "G12");

    private static string Text(double value, string format) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => value.ToString(format, CultureInfo.InvariantCulture),
    };
}

/// <summary>Reads files that the user named.</summary>
internal static class ProfileText
{
    /// <summary>The file's text.</summary>
    /// <exception cref="InputException">There is no such file, or it cannot be read.</exception>
    public static string Read(string path)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file");
        return OrRefuse(path, () => File.ReadAllText(path));
    }

    /// <summary>The files of a folder that match a pattern.</summary>
    /// <exception cref="InputException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Files(string folder, string pattern) => OrRefuse(folder, () => Directory.GetFiles(folder, pattern));

    private static T OrRefuse<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({FileProblem.Of(path, e)})", e);
        }
    }
}
