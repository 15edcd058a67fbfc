using Fovea.Core.Errors;

namespace Fovea.Diffusion;

/// <summary>The names a setting may take in a configuration file, and what each stands for.</summary>
internal sealed class NameTable<T>(string setting, params (string Name, T Value)[] entries)
{
    public IReadOnlyList<string> Names { get; } = [.. entries.Select(entry => entry.Name)];

    public T Parse(string name)
    {
        foreach (var entry in entries)
        {
            if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)) return entry.Value;
        }

        throw new InputException(
            $"{setting}: '{name}' is unknown; allowed are {string.Join(", ", Names)}{NearestName.Hint(name, Names)}");
    }

    public string NameOf(T value)
    {
        foreach (var entry in entries)
        {
            if (EqualityComparer<T>.Default.Equals(entry.Value, value)) return entry.Name;
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, $"{setting}: not one of {string.Join(", ", Names)}");
    }
}
