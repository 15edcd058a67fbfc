using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Torch.Runtime;
using Tomlyn;
using Tomlyn.Model;

namespace Fovea.Training.Configuration;

/// <summary>
/// Reads settings by their dotted keys (<c>section.key</c>), checks type and range at once, and remembers what each resolved to,
/// defaults included. What nobody asked for is an unknown key. Every error names the source, the key, the rule and the allowed
/// values.
/// </summary>
public sealed class SettingsReader
{
    private readonly string _source;
    private readonly Dictionary<string, object> _given = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, object>> _resolved = [];
    private readonly HashSet<string> _overridden = [];
    private readonly HashSet<string> _optional = [];
    private readonly HashSet<string> _sections = [];

    /// <summary>Parses TOML text and applies overrides of the form <c>section.key=value</c>, later ones winning.</summary>
    /// <param name="toml">The text.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <param name="overrides">Overrides; a value that is not TOML is taken as a string.</param>
    public SettingsReader(string toml, string source, IEnumerable<string> overrides)
    {
        _source = source;
        Flatten("", TomlDocument.Read(toml, source));
        foreach (var item in overrides) Override(item);
    }

    private SettingsReader(TomlTable table, string source)
    {
        _source = source;
        Flatten("", table);
    }

    /// <summary>The file's name, for messages.</summary>
    public string Source => _source;

    /// <summary>All settings read so far with their resolved values, in the order of reading.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Resolved => _resolved;

    /// <summary>A whole number in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public int WholeNumber(string key, int fallback, int low, int high)
    {
        var value = Take(key, (long)fallback);
        if (value is not long number) throw Wrong(key, value, $"a whole number from {low} to {high}");
        if (number < low || number > high) throw Wrong(key, value, $"a whole number from {low} to {high}");
        return (int)Remember(key, number);
    }

    /// <summary>A finite number in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public double Real(string key, double fallback, double low, double high)
    {
        var value = Take(key, fallback);
        var number = value switch { double d => d, long l => l, _ => double.NaN };
        if (!(number >= low && number <= high)) throw Wrong(key, value, $"a number from {low} to {high}");
        return Remember(key, number);
    }

    /// <summary>true or false.</summary>
    public bool Flag(string key, bool fallback) =>
        Take(key, fallback) is var value && value is bool flag ? Remember(key, flag) : throw Wrong(key, value, "true or false");

    /// <summary>A string, one of <paramref name="allowed"/> when any are given.</summary>
    public string Text(string key, string fallback, IReadOnlyCollection<string>? allowed = null)
    {
        var value = Take(key, fallback);
        if (value is not string text) throw Wrong(key, value, allowed is null ? "a string" : string.Join(", ", allowed));
        if (allowed is not null && !allowed.Contains(text))
            throw Wrong(key, value, string.Join(", ", allowed) + NearestName.Hint(text, allowed));
        return Remember(key, text);
    }

    /// <summary>The name of a device.</summary>
    public string Device(string key, string fallback)
    {
        var value = Take(key, fallback);
        return value is string name && ComputeDevices.IsName(name) ? Remember(key, name) : throw Wrong(key, value, ComputeDevices.Allowed);
    }

    /// <summary>A string that may be missing. It is in <see cref="Resolved"/> only when it is recorded there.</summary>
    public string? OptionalText(string key)
    {
        _optional.Add(key);
        return _given.GetValueOrDefault(key) is not { } value ? null : value as string ?? throw Wrong(key, value, "a string");
    }

    /// <summary>Whether an override gave the setting.</summary>
    public bool IsOverridden(string key) => _overridden.Contains(key);

    /// <summary>States what a setting resolved to, where that is another value than the one given.</summary>
    public void Record(string key, object value)
    {
        var at = _resolved.FindIndex(item => item.Key == key);
        if (at < 0) _resolved.Add(new(key, value));
        else _resolved[at] = new(key, value);
    }

    /// <summary>A list of whole numbers, each in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public IReadOnlyList<int> WholeList(string key, IReadOnlyList<int> fallback, int low, int high, int mostItems)
    {
        var value = Take(key, fallback);
        if (value is IReadOnlyList<int> unchanged) return Remember(key, unchanged);
        if (value is not TomlArray items || items.Count > mostItems || items.Any(i => i is not long n || n < low || n > high))
            throw Wrong(key, value, $"a list of at most {mostItems} whole numbers from {low} to {high}");
        return Remember<IReadOnlyList<int>>(key, [.. items.Select(i => (int)(long)i!)]);
    }

    /// <summary>A list of so many numbers, each in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public IReadOnlyList<double> RealList(string key, IReadOnlyList<double> fallback, double low, double high)
    {
        var value = Take(key, fallback);
        if (value is IReadOnlyList<double> unchanged) return Remember(key, unchanged);
        double[] numbers = value is TomlArray items ? [.. items.Select(item => item switch { double d => d, long l => l, _ => double.NaN })] : [];
        if (numbers.Length != fallback.Count || !numbers.All(number => number >= low && number <= high))
            throw Wrong(key, value, $"a list of {fallback.Count} numbers from {low} to {high}");
        return Remember<IReadOnlyList<double>>(key, numbers);
    }

    /// <summary>A list of any number of numbers, each in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public IReadOnlyList<double> Reals(string key, IReadOnlyList<double> fallback, double low, double high)
    {
        var value = Take(key, fallback);
        if (value is IReadOnlyList<double> unchanged) return Remember(key, unchanged);
        double[] numbers = value is TomlArray items ? [.. items.Select(item => item switch { double d => d, long l => l, _ => double.NaN })] : [double.NaN];
        if (!numbers.All(number => number >= low && number <= high)) throw Wrong(key, value, $"a list of numbers from {low} to {high}");
        return Remember<IReadOnlyList<double>>(key, numbers);
    }

    /// <summary>A list of values of several types: strings, <see cref="long"/>, <see cref="double"/>.</summary>
    public IReadOnlyList<object> Items(string key, IReadOnlyList<object> fallback) => Take(key, fallback) switch
    {
        IReadOnlyList<object> unchanged => Remember(key, unchanged),
        TomlArray items => Remember<IReadOnlyList<object>>(key, [.. items.Select(item => item ?? "")]),
        var value => throw Wrong(key, value, "a list"),
    };

    /// <summary>A value of any type: a string, a <see cref="long"/>, a <see cref="double"/>, …</summary>
    public object Any(string key, object fallback) => Remember(key, Take(key, fallback));

    /// <summary>The tables <c>[[key]]</c>, a reader each; none when there are none.</summary>
    public IReadOnlyList<SettingsReader> Tables(string key)
    {
        _optional.Add(key);
        return _given.GetValueOrDefault(key) switch
        {
            null => [],
            TomlTableArray tables => [.. tables.Select((table, i) => new SettingsReader(table, $"{_source}: [[{key}]] {i + 1}"))],
            var value => throw Wrong(key, value, $"tables [[{key}]]"),
        };
    }

    /// <summary>Whether an optional setting, one without a default, was given.</summary>
    public bool Has(string key)
    {
        _optional.Add(key);
        return _given.ContainsKey(key);
    }

    /// <summary>Whether a section was given, be it empty.</summary>
    public bool HasSection(string name) => _sections.Contains(name) || _given.Keys.Any(key => key.StartsWith(name + ".", StringComparison.Ordinal));

    /// <summary>A list of strings.</summary>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string> fallback)
    {
        var value = Take(key, fallback);
        if (value is IReadOnlyList<string> unchanged) return Remember(key, unchanged);
        if (value is not TomlArray items || items.Any(i => i is not string)) throw Wrong(key, value, "a list of strings");
        return Remember<IReadOnlyList<string>>(key, [.. items.Select(i => (string)i!)]);
    }

    /// <summary>Throws for the first setting that was given and never read.</summary>
    public void RequireAllKnown()
    {
        var known = _resolved.Select(item => item.Key).Union(_optional).ToList();
        foreach (var key in _given.Keys.Except(known))
            throw new InputException($"{_source}: unknown setting '{key}'{Hint(key, known)}; allowed: {Siblings(key, known)}");
    }

    // What other programs call a setting comes first; a name that is only spelt alike may mean something else.
    private static string Hint(string key, List<string> known)
    {
        var dot = key.LastIndexOf('.') + 1;
        var meant = key[dot..].ToLowerInvariant() switch
        {
            "lr" or "rate" => "learning_rate",
            "epochs" or "iterations" or "num_steps" or "max_steps" => "steps",
            "batch_size" => "batch",
            _ => "",
        };
        return meant.Length > 0 && known.Contains(key[..dot] + meant) ? $"; did you mean '{key[..dot]}{meant}'?" : NearestName.Hint(key, known);
    }

    /// <summary>An error about one setting, for rules that involve more than its type and range.</summary>
    public InputException Broken(string key, string rule) => new($"{_source}: {key} {rule}");

    private static string Siblings(string key, IReadOnlyCollection<string> known)
    {
        var section = key.Contains('.') ? key[..(key.LastIndexOf('.') + 1)] : "";
        var siblings = known.Where(k => k.StartsWith(section, StringComparison.Ordinal)).ToList();
        return string.Join(", ", siblings.Count > 0 ? siblings : known.Select(k => k.Split('.')[0]).Distinct());
    }

    private InputException Wrong(string key, object? value, string allowed) =>
        new($"{_source}: {key} = {SettingsText.Value(value)} is not allowed; allowed: {allowed}");

    private object Take(string key, object fallback) => _given.GetValueOrDefault(key, fallback);

    private T Remember<T>(string key, T value) where T : notnull
    {
        _resolved.Add(new(key, value));
        return value;
    }

    private void Override(string item)
    {
        var at = item.IndexOf('=');
        if (at <= 0) throw new InputException($"{new NamedInput("Overrides")} {item}: not of the form section.key=value");
        var (key, text) = (item[..at].Trim(), item[(at + 1)..].Trim());
        _overridden.Add(key);
        try
        {
            _given[key] = TomlSerializer.Deserialize<TomlTable>($"value = {text}")!["value"]!;
        }
        catch (TomlException)
        {
            _given[key] = text;
        }
    }

    private void Flatten(string prefix, TomlTable table)
    {
        foreach (var (name, value) in table)
        {
            if (value is TomlTable inner)
            {
                _sections.Add(prefix + name);
                Flatten($"{prefix}{name}.", inner);
            }
            else
            {
                _given[prefix + name] = value ?? "";
            }
        }
    }
}
