using System.Globalization;
using Fovea.Laboratory.Reports;
using Fovea.Laboratory.Results;

namespace Fovea.Tests.Laboratory.Reports;

/// <summary>A report written under a culture that writes numbers with commas, in a folder that goes with it.</summary>
public sealed class ReportFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fovea-report");

    public ReportFolder()
        : this(Samples.Awkward())
    {
    }

    private ReportFolder(AnsatzComparison comparison)
    {
        Comparison = comparison;
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = German();
        try
        {
            Files = ComparisonReport.Write(comparison, _folder.FullName);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static ReportFolder Of(AnsatzComparison comparison) => new(comparison);

    public AnsatzComparison Comparison { get; }

    public IReadOnlyList<string> Files { get; }

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public string Text(string file) => File.ReadAllText(PathOf(file));

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The numbers of de-DE; the culture itself is not there where globalization is invariant.</summary>
    public static CultureInfo German()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }
}
