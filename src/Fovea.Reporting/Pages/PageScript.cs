namespace Fovea.Reporting.Pages;

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
          const frames = Array.from(film.querySelectorAll('img'));
          const show = function () {
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
