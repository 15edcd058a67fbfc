using System.Text.Json;
using Fovea.Laboratory.Reports.Views;
using Fovea.Quantum.Ansaetze;
using Fovea.Reporting.Json;

namespace Fovea.Laboratory.Reports.Json;

/// <summary>An ansatz by name: its gates are declared elsewhere, and a report should not repeat them in every analysis.</summary>
internal sealed class AnsatzConverter : WriteOnlyConverter<Ansatz>
{
    public override void Write(Utf8JsonWriter writer, Ansatz value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name", value.Name);
        writer.WriteString("status", AnsatzLabel.Status(value));
        writer.WriteString("description", value.Description);
        writer.WriteEndObject();
    }
}
