using System.Globalization;

namespace Fovea.Imaging.Preparation;

/// <summary>The classes that label names make.</summary>
internal static class ClassList
{
    /// <summary>The distinct names, ordered as numbers when all are whole numbers and by character codes otherwise; empty names are no class.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string?> labels)
    {
        var names = labels.Where(label => !string.IsNullOrEmpty(label)).Select(label => label!).Distinct(StringComparer.Ordinal).ToList();
        var numbers = names.TrueForAll(name => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        return numbers ? [.. names.OrderBy(name => long.Parse(name, CultureInfo.InvariantCulture))] : [.. names.Order(StringComparer.Ordinal)];
    }
}
