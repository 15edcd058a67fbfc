using System.Globalization;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Imaging.Phantom;

/// <summary>The table of what is known of each phantom image beyond its label.</summary>
internal sealed class PhantomTable
{
    private readonly StringBuilder _text = new();

    public PhantomTable() => CsvWriter.AppendRow(
        _text, "index", "file", "eye", "dr_grade", "quality", "fault", "fault_severity", "disc_centred", "field_of_view_degrees");

    public void Add(PhantomParameters parameters, string file) => CsvWriter.AppendRow(
        _text,
        parameters.Index.ToString(CultureInfo.InvariantCulture),
        file,
        Lower(parameters.Eye),
        parameters.DrGrade.ToString(CultureInfo.InvariantCulture),
        Lower(parameters.Quality),
        Lower(parameters.Fault),
        parameters.FaultSeverity.ToString("F3", CultureInfo.InvariantCulture),
        parameters.Camera.DiscCentred ? "true" : "false",
        parameters.Camera.FieldOfView.ToString("F1", CultureInfo.InvariantCulture));

    public void Write(string path)
    {
        try
        {
            AtomicFile.WriteText(path, _text.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written ({e.Message})", e);
        }
    }

    private static string Lower<T>(T name) where T : struct, Enum => name.ToString().ToLowerInvariant();
}
