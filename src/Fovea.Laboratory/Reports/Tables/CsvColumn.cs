using System.Globalization;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Tables;

/// <summary>A column of a table for programs.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Cell">The text of its cell; empty for nothing.</param>
internal sealed record CsvColumn<TRow>(string Name, Func<TRow, string> Cell)
{
    public static CsvColumn<TRow> Of(string name, Func<TRow, string?> text) => new(name, row => text(row) ?? "");

    public static CsvColumn<TRow> Of(string name, Func<TRow, int?> count) =>
        new(name, row => count(row)?.ToString(CultureInfo.InvariantCulture) ?? "");

    public static CsvColumn<TRow> Of(string name, Func<TRow, double?> number) => new(name, row => number(row) is { } value ? Figures.Exact(value) : "");

    /// <summary>The figure, and beside it its standard error.</summary>
    public static IEnumerable<CsvColumn<TRow>> Of(string name, Func<TRow, Estimate?> estimate) =>
        [Of(name, row => estimate(row)?.Value), Of(name + "_se", row => estimate(row)?.StandardError)];
}
