using Fovea.Laboratory.Reports.Charts;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>A chart drawn for readers with light and with dark pages, as PNG.</summary>
internal sealed record PageChart(ReportChart Chart, byte[] Light, byte[] Dark);
