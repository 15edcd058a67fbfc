using System.Globalization;
using Fovea.Reporting.Words;

namespace Fovea.Reporting.Pages;

/// <summary>Makes columns of tables.</summary>
public static class TableColumns
{
    /// <summary>A column of counts.</summary>
    public static TableColumn<TRow> Of<TRow>(string group, string heading, Func<TRow, int?> count) =>
        new(group, heading, row => Whole(count(row)) ?? Figures.None, row => Whole(count(row)) ?? "");

    /// <summary>A column of numbers to three digits.</summary>
    public static TableColumn<TRow> Of<TRow>(string group, string heading, Func<TRow, double?> number) =>
        new(group, heading, row => number(row) is { } value ? Figures.Number(value) : Figures.None, row => number(row) is { } value ? Figures.Exact(value) : "");

    private static string? Whole(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}
