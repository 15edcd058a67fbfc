using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Laboratory;
using Fovea.Laboratory.Reports;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea ansatz compare [NAMES] --qubits 2..12 --layers 1..6 --out DIR</c></summary>
internal static class AnsatzCompareCommand
{
    // Some hundred circuits are timed one after the other.
    private const double SpeedSeconds = 0.1;
    private const int SpectrumQubits = 8;

    internal static Command Create()
    {
        var names = new Argument<string[]>("ansaetze") { Description = $"Names or files; default: {string.Join(' ', ComparisonRequest.DefaultNames)}.", HelpName = "NAME|FILE" };
        var qubits = new Option<string>("--qubits") { Description = "Numbers of qubits: 8, 2..12 or 4,8,12.", DefaultValueFactory = _ => "2..12", HelpName = "RANGE" };
        var layers = new Option<string>("--layers") { Description = "Numbers of layers, likewise.", DefaultValueFactory = _ => "1..6", HelpName = "RANGE" };
        var threads = new Option<int>("--threads") { Description = "Threads; default: one a processor.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var (encoding, laboratory, output, force) = (new EncodingOptions(), new LaboratoryOptions(), CommonOptions.Out("Tables, charts and the page index.html."), CommonOptions.Force());
        var command = new Command("compare", "Compare circuits over sizes before training any; writes a page with tables and charts.") { names, qubits, layers, threads, output, force };
        encoding.AddTo(command);
        laboratory.AddTo(command);
        command.SetAction(parsed => Guarded.Run(
            "nothing was written",
            work =>
            {
                var request = new ComparisonRequest
                {
                    Ansaetze = Ansaetze(parsed.GetValue(names)!),
                    Qubits = SizeRange.Parse("--qubits", parsed.GetValue(qubits)!, SubjectRules.MinQubits, SubjectRules.MaxQubits),
                    Layers = SizeRange.Parse("--layers", parsed.GetValue(layers)!, 1, SubjectRules.MaxLayers),
                    Encoding = encoding.Encoding(parsed),
                    Reupload = encoding.Reupload(parsed),
                    Analysis = laboratory.Read(parsed) with { SpeedSeconds = SpeedSeconds, SpectrumQubits = SpectrumQubits },
                    Threads = Math.Max(1, parsed.GetValue(threads)),
                    Progress = work.Progress,
                };
                AnsatzComparer.Check(request);
                OutputFolder.Prepare(parsed.GetValue(output)!, parsed.GetValue(force));
                var comparison = AnsatzComparer.Compare(request, work.Cancellation);
                ComparisonReport.Write(comparison, parsed.GetValue(output)!);
                return comparison;
            },
            comparison => Console.WriteLine(Summary(comparison, parsed.GetValue(output)!))));
        return command;
    }

    private static Ansatz[] Ansaetze(string[] names)
    {
        Ansatz[] ansaetze = [.. (names.Length == 0 ? ComparisonRequest.DefaultNames : names).Select(AnsatzRegistry.Resolve)];
        var twice = ansaetze.GroupBy(ansatz => ansatz.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? ansaetze : throw new InputException($"{twice.Key} is named twice; name each ansatz once");
    }

    private static string Summary(AnsatzComparison comparison, string folder) => string.Create(
        CultureInfo.InvariantCulture, $"{comparison.Cells.Count} circuits in {comparison.Seconds:F0} s: {Path.Combine(folder, "index.html")}");
}
