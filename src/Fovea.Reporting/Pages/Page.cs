using static Fovea.Reporting.Pages.Html;

namespace Fovea.Reporting.Pages;

/// <summary>A page that needs no other file and no network: its style and script stand in it.</summary>
/// <param name="Title">Its title, on the page too.</param>
/// <param name="Style">Its style sheet, of <see cref="PageStyle"/>.</param>
public sealed record Page(string Title, string Style)
{
    /// <summary>What stands under the title, before the first section.</summary>
    public IReadOnlyList<object?> Header { get; init; } = [];

    /// <summary>The sections.</summary>
    public required IReadOnlyList<object?> Main { get; init; }

    /// <summary>The last line.</summary>
    public required string Footer { get; init; }

    /// <summary>The page as text that HTML and XML readers take.</summary>
    public override string ToString() =>
        Text(Element(
            "html", Attribute("lang", "en"),
            Element(
                "head",
                Element("meta", Attribute("charset", "utf-8")),
                Element("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1")),
                Element("meta", Attribute("name", "color-scheme"), Attribute("content", "light dark")),
                Element("title", Title),
                Element("style", Raw(Style))),
            Element(
                "body",
                Element("header", Element("h1", Title), Header),
                Element("main", Main),
                Element("footer", Element("p", Footer)),
                Element("script", Raw(PageScript.Text)))));
}

/// <summary>Pages' style sheet: system fonts, light and dark, print. Without child combinators, whose sign XML and HTML read in two ways.</summary>
public static class PageStyle
{
    private const string Screen = """

        :root {
          color-scheme: light dark;
          --back: #ffffff; --ink: #1f2328; --faint: #59636e; --line: #d5dae0; --soft: #f4f6f8; --accent: #0058a3; --mark: #7a4b00;
        }
        @media (prefers-color-scheme: dark) {
          :root { --back: #16191d; --ink: #e6e8eb; --faint: #9aa3ad; --line: #343b43; --soft: #1e2328; --accent: #7cbcf0; --mark: #f0bd6a; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 84rem; padding: 1.5rem; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; }
        h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
        h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
        p, ul, dl { max-width: 52rem; }
        ul { padding-left: 1.25rem; }
        nav a { display: inline-block; margin-right: 1rem; }
        a { color: var(--accent); }
        .faint, figcaption { color: var(--faint); }
        .label { color: var(--mark); font-weight: 400; }
        dl.settings { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; }
        dl.settings dd { margin: 0; }
        dt { font-weight: 600; }
        dl.definitions dd { margin: 0 0 .6rem; }
        figure { margin: 1rem 0 2rem; }
        figure img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 4px; }
        @media screen and (max-width: 44rem) {
          figure picture { display: block; overflow-x: auto; }
          figure picture img { min-width: 42rem; }
        }
        figcaption { font-size: .9rem; margin-top: .4rem; max-width: 52rem; }
        figure.film img { width: auto; max-width: 100%; }
        figure.film img[hidden], .slider[hidden], .slider input[hidden] { display: none; }
        .slider { display: flex; gap: 1rem; align-items: center; max-width: 32rem; margin-top: .5rem; }
        .slider input { flex: 1; min-width: 6rem; accent-color: var(--accent); }
        .slider output { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .findings { columns: 2 26rem; column-gap: 2.5rem; }
        .findings section { break-inside: avoid; margin-bottom: 1.25rem; }
        .findings h3 { margin-top: 0; }
        .findings p, .findings ul { margin: 0; font-size: .95rem; line-height: 1.4; }
        .findings li { margin-bottom: .15rem; }
        .findings .about { color: var(--faint); font-size: .85rem; margin-bottom: .35rem; }
        .scroll { overflow: auto; max-height: 80vh; border: 1px solid var(--line); border-radius: 4px; }
        table { border-collapse: separate; border-spacing: 0; font-size: .82rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; text-align: right; }
        thead { position: sticky; top: 0; z-index: 2; }
        thead th { background: var(--soft); text-align: center; vertical-align: bottom; }
        thead tr.groups th { color: var(--faint); font-weight: 600; }
        th.first, td.first { text-align: left; position: sticky; left: 0; background: var(--back); z-index: 1; }
        thead th.first { background: var(--soft); }
        tbody th { font-weight: 600; }
        th.opens, td.opens { border-left: 1px solid var(--line); }
        tbody tr:hover td, tbody tr:hover th { background: var(--soft); }
        th button { all: unset; cursor: pointer; font-weight: 600; padding: .1rem .2rem; border-radius: 3px; white-space: nowrap; }
        th button:focus-visible, a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
        th button::after { content: " ↕"; color: var(--faint); font-weight: 400; }
        th[aria-sort="ascending"] button::after { content: " ↑"; color: var(--accent); }
        th[aria-sort="descending"] button::after { content: " ↓"; color: var(--accent); }
        caption { text-align: left; padding: .4rem .6rem; color: var(--faint); }
        details { border-top: 1px solid var(--line); padding: .35rem 0; }
        summary { cursor: pointer; }
        details dl { font-size: .88rem; margin: .5rem 0 .5rem 1.25rem; max-width: none; }
        details dd { margin: 0 0 .35rem 1.25rem; }
        footer { margin-top: 3rem; color: var(--faint); font-size: .85rem; }

        """;

    private const string Print = """
        @media print {
          @page { size: A4 landscape; margin: 12mm; }
          :root { --back: #ffffff; --ink: #000000; --faint: #444444; --line: #bbbbbb; --soft: #f0f0f0; --accent: #000000; --mark: #5a3700; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav, th button::after, .slider { display: none; }
          h2 { break-after: avoid; }
          figure { break-inside: avoid; }
          figure img { width: auto; max-width: 100%; max-height: 76mm; }
          figure { margin: .5rem 0 1rem; }
          .findings section { break-inside: auto; }
          .scroll { overflow: visible; max-height: none; border: 0; }
          thead, th.first, td.first { position: static; }
          table { font-size: 7.5pt; }
          th, td { padding: 1pt 3pt; }
          th, td, th button { white-space: normal; }
          th button { display: contents; }

        """;

    private const string End = """
          tr { break-inside: avoid; }
        }

        """;

    /// <summary>The rules that all pages share, with those of one page at the places where they win.</summary>
    /// <param name="screen">Whole lines for everywhere, indented by nothing; may be empty.</param>
    /// <param name="print">Whole lines for paper, indented by two; may be empty.</param>
    public static string Text(string screen = "", string print = "") => Screen + screen + Print + print + End;
}

/// <summary>
/// Pages' script: sorts a table by the column whose heading is pressed, numbers as numbers, missing figures last; shows the picture of a film
/// that its slider points at. Without the signs that XML and HTML read in two ways.
/// </summary>
public static class PageScript
{
    /// <summary>The script.</summary>
    public const string Text = """

        'use strict';
        for (const table of document.querySelectorAll('table.sortable')) {
          const headings = Array.from(table.querySelectorAll('th[aria-sort]'));
          headings.forEach(function (heading, column) {
            heading.querySelector('button').addEventListener('click', function () {
              const way = heading.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
              for (const other of headings) { other.setAttribute('aria-sort', 'none'); }
              heading.setAttribute('aria-sort', way === 1 ? 'ascending' : 'descending');
              sort(table.tBodies[0], column, way);
            });
          });
        }

        for (const film of document.querySelectorAll('figure.film')) {
          const slider = film.querySelector('input'), label = film.querySelector('output');
          const show = function () {
            const frames = Array.from(film.querySelectorAll('img'));
            frames.forEach(function (frame, place) { frame.hidden = place !== Number(slider.value); });
            label.textContent = frames[Number(slider.value)].alt;
          };
          slider.addEventListener('input', show);
          film.querySelector('.slider').hidden = false;
          show();
        }

        function sort(body, column, way) {
          const rows = Array.from(body.rows).map(function (row) { return { row: row, value: row.cells[column].dataset.value }; });
          rows.sort(function (a, b) {
            if (a.value === '' || b.value === '') { return (a.value === '' ? 1 : 0) - (b.value === '' ? 1 : 0); }
            const x = Number(a.value), y = Number(b.value);
            if (isNaN(x) || isNaN(y)) { return way * a.value.localeCompare(b.value, 'en'); }
            return x === y ? 0 : way * Math.sign(x - y);
          });
          body.append.apply(body, rows.map(function (entry) { return entry.row; }));
        }

        """;
}
