using System.Globalization;
using Fovea.Laboratory.Reports.Words;
using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>A column of a table for readers.</summary>
/// <param name="Group">What stands over it and its neighbours.</param>
/// <param name="Heading">Its own heading.</param>
/// <param name="Text">What the cell shows.</param>
/// <param name="Value">What it is sorted by; empty for a figure that there is none of.</param>
internal sealed record TableColumn(string Group, string Heading, Func<AnsatzAnalysis, string> Text, Func<AnsatzAnalysis, string> Value)
{
    public static TableColumn Of(string group, string heading, Func<AnsatzAnalysis, int?> count) =>
        new(group, heading, cell => Whole(count(cell)) ?? Figures.None, cell => Whole(count(cell)) ?? "");

    public static TableColumn Of(string group, string heading, Func<AnsatzAnalysis, double?> number) =>
        new(group, heading, cell => number(cell) is { } value ? Figures.Number(value) : Figures.None, cell => number(cell) is { } value ? Figures.Exact(value) : "");

    public static TableColumn Of(string group, string heading, Func<AnsatzAnalysis, Estimate?> estimate) =>
        new(group, heading, cell => Figures.Estimate(estimate(cell)), cell => estimate(cell) is { } value ? Figures.Exact(value.Value) : "");

    private static string? Whole(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}
