namespace Fovea.Reporting.Pages;

/// <summary>A column of a table for readers.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="Group">What stands over it and its neighbours.</param>
/// <param name="Heading">Its own heading.</param>
/// <param name="Text">What the cell shows.</param>
/// <param name="Value">What it is sorted by; empty for a figure that there is none of.</param>
public sealed record TableColumn<TRow>(string Group, string Heading, Func<TRow, string> Text, Func<TRow, string> Value);
