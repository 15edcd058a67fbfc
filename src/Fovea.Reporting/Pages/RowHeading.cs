namespace Fovea.Reporting.Pages;

/// <summary>The first column of a table, which names its rows and stays in view.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="Heading">Its heading.</param>
/// <param name="Content">The name of a row: texts and elements.</param>
/// <param name="Value">What it is sorted by.</param>
public sealed record RowHeading<TRow>(string Heading, Func<TRow, object?> Content, Func<TRow, string> Value);
