using System.CommandLine;
using System.Globalization;
using System.Text;
using Fovea.Cli.Terminal;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Devices.Profiles;
using Fovea.Laboratory;
using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Drawing;
using Fovea.Laboratory.Reports;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea ansatz list</c>, <c>draw</c>, <c>analyze</c> and <c>compare</c></summary>
internal static class AnsatzCommand
{
    internal static Command Create() => new("ansatz", "Circuits before training: what they are, what they can do, what they cost.")
    {
        AnsatzListCommand.Create(), AnsatzDrawCommand.Create(), AnsatzAnalyzeCommand.Create(), AnsatzCompareCommand.Create(),
    };
}

/// <summary><c>fovea ansatz analyze NAME --qubits N --layers L [--out DIR]</c></summary>
internal static class AnsatzAnalyzeCommand
{
    // Long enough that one call in a hundred is not all of it.
    private const double SpeedSeconds = 0.3;

    internal static Command Create()
    {
        var (subject, laboratory) = (new AnsatzSubjectOptions(layers: 3), new LaboratoryOptions());
        var output = CommonOptions.NotEmpty(
            new Option<string?>("--out") { Description = "Write the figures as JSON and the circuit as a picture into this folder.", HelpName = "DIR" });
        var force = CommonOptions.Force();
        var command = new Command("analyze", "Analyse one circuit: dead parameters, gradients, entanglement, noise, cost.") { output, force };
        subject.AddTo(command);
        laboratory.AddTo(command);
        command.SetAction(parsed => CommandRun.Run(
            "nothing was written",
            work =>
            {
                var (circuit, options, folder) = (subject.Read(parsed), laboratory.Read(parsed), parsed.GetValue(output));
                if (folder is not null)
                    OutputFolder.Prepare(folder, parsed.GetValue(force));
                var analysis = AnsatzAnalyzer.Analyze(circuit, options with { SpeedSeconds = SpeedSeconds, Progress = work.Progress }, work.Cancellation);
                if (folder is not null)
                    AnalysisReport.Write(analysis, folder);
                return AnalysisText.Write(analysis);
            },
            Console.Write));
        return command;
    }
}

/// <summary><c>fovea ansatz compare [NAMES] --qubits 2..12 --layers 1..6 --out DIR</c></summary>
internal static class AnsatzCompareCommand
{
    // Some hundred circuits are timed one after the other.
    private const double SpeedSeconds = 0.1;
    private const int SpectrumQubits = 8;

    internal static Command Create()
    {
        var names = new Argument<string[]>("ansaetze")
        {
            Description = $"Names or files; default: {string.Join(' ', ComparisonRequest.DefaultNames)}.",
            HelpName = "NAME|FILE",
        };
        var qubits = new Option<string>("--qubits")
        {
            Description = "Numbers of qubits: 8, 2..12 or 4,8,12.",
            DefaultValueFactory = _ => "2..12",
            HelpName = "RANGE",
        };
        var layers = new Option<string>("--layers") { Description = "Numbers of layers, likewise.", DefaultValueFactory = _ => "1..6", HelpName = "RANGE" };
        var threads = CommonOptions.Threads();
        var (encoding, laboratory, output, force) = (
            new EncodingOptions(), new LaboratoryOptions(), CommonOptions.Out("Tables, charts and the page index.html."), CommonOptions.Force());
        var command = new Command("compare", "Compare circuits over sizes before training any; writes a page with tables and charts.")
        {
            names, qubits, layers, threads, output, force,
        };
        encoding.AddTo(command);
        laboratory.AddTo(command);
        command.SetAction(parsed => CommandRun.Run(
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
                    Threads = Workers.Count(parsed.GetValue(threads)),
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

/// <summary><c>fovea ansatz draw NAME --qubits N --layers L [--out FILE.svg]</c></summary>
internal static class AnsatzDrawCommand
{
    internal static Command Create()
    {
        var subject = new AnsatzSubjectOptions(layers: 1);
        var output = CommonOptions.NotEmpty(new Option<string?>("--out") { Description = "Write a picture (SVG) here as well.", HelpName = "FILE.svg" });
        var force = new Option<bool>("--force") { Description = "Replace the file." };
        var command = new Command("draw", "Draw a circuit in the terminal, and as a picture; gates whose parameters are dead are marked.") { output, force };
        subject.AddTo(command);
        command.SetAction(parsed => CommandRun.Run(
            "nothing was written",
            work =>
            {
                OutputFile.Require(parsed.GetValue(output), parsed.GetValue(force), subject.Given(parsed));
                var circuit = subject.Read(parsed);
                var diagram = CircuitDiagram.Build(circuit, AnsatzAnalyzer.FindDead(circuit, work.Cancellation));
                if (parsed.GetValue(output) is { } path)
                    AtomicFile.WriteText(path, SvgDrawing.Draw(diagram));
                return $"{circuit.Ansatz.Name}: {circuit.Ansatz.Description}\n\n{UnicodeDrawing.Draw(diagram, CircuitDrawCommand.Width())}\n";
            },
            Console.Write));
        return command;
    }
}

/// <summary><c>fovea ansatz list</c></summary>
internal static class AnsatzListCommand
{
    private const int TextWidth = 96;
    private const string Indent = "    ";

    internal static Command Create()
    {
        var command = new Command("list", "List the ansätze that are known by name, and the broken published ones that serve as exhibits.");
        command.SetAction(
            _ => CommandRun.Run("nothing was printed", _ => string.Concat(AnsatzRegistry.All.Concat(AnsatzRegistry.Exhibits).Select(Entry)), Console.Write));
        return command;
    }

    private static string Entry(Ansatz ansatz)
    {
        var aliases = ansatz.Aliases.Count > 0 ? $" ({string.Join(", ", ansatz.Aliases)})" : "";
        var text = new StringBuilder($"{ansatz.Name}{aliases}: {ansatz.Status.ToString().ToLowerInvariant()}, {ansatz.Wires.Text}\n");
        var line = "";
        foreach (var word in ansatz.Description.Split(' '))
        {
            if (line.Length + word.Length >= TextWidth)
            {
                text.Append(Indent).Append(line.TrimEnd()).Append('\n');
                line = "";
            }

            line += word + " ";
        }

        return text.Append(Indent).Append(line.TrimEnd()).Append('\n').ToString();
    }
}

/// <summary>The argument and options that name one circuit of the laboratory.</summary>
internal sealed class AnsatzSubjectOptions
{
    private const int UsualQubits = 8;
    private readonly Argument<string> _ansatz =
        CommonOptions.NotEmpty(
            new Argument<string>("ansatz")
            {
                Description = "A name (see fovea ansatz list) or a file NAME.ansatz.",
                HelpName = "NAME|FILE",
            })
            .Suggest(() => AnsatzRegistry.NamesAndAliases);
    private readonly Option<int> _qubits = new("--qubits")
    {
        Description = $"Qubits, {SubjectRules.MinQubits} to {SubjectRules.MaxQubits}; "
            + "default: 8, or the nearest that the ansatz takes.",
    };
    private readonly Option<int> _layers = new("--layers") { Description = $"Layers, 1 to {SubjectRules.MaxLayers}." };

    internal AnsatzSubjectOptions(int layers) => _layers.DefaultValueFactory = _ => layers;

    /// <summary>The encoding of inputs, and whether it is repeated.</summary>
    internal EncodingOptions Encoding { get; } = new();

    internal void AddTo(Command command)
    {
        command.Add(_ansatz);
        command.Add(_qubits);
        command.Add(_layers);
        Encoding.AddTo(command);
    }

    /// <summary>The name or file as it was given.</summary>
    internal string Given(ParseResult parsed) => parsed.GetValue(_ansatz)!;

    internal AnsatzSubject Read(ParseResult parsed)
    {
        var ansatz = AnsatzRegistry.Resolve(parsed.GetValue(_ansatz)!);
        var qubits = parsed.GetResult(_qubits) is { Implicit: false } ? parsed.GetValue(_qubits) : SubjectRules.NearestQubits(ansatz, UsualQubits);
        var subject = new AnsatzSubject(ansatz, qubits, parsed.GetValue(_layers), Encoding.Encoding(parsed), Encoding.Reupload(parsed));
        SubjectRules.Check(subject);
        return subject;
    }
}

/// <summary>How analyses are made, on the command line.</summary>
internal sealed class LaboratoryOptions
{
    private readonly Option<string> _profiles = new("--profiles")
    {
        Description = "Devices to compile to and to be disturbed by, with commas between them: shipped names, profiles' files, backends' JSON; or none.",
        DefaultValueFactory = _ => string.Join(',', ShippedProfiles.Names),
        HelpName = "A,B",
    };

    private readonly Option<double> _error = new("--error")
    {
        Description = "Target relative standard error of sampled figures, 0.01 to 0.5.",
        DefaultValueFactory = _ => 0.1,
    };
    private readonly Option<int> _seed = Terminal.CommonOptions.Seed();

    internal void AddTo(Command command)
    {
        command.Add(_profiles);
        command.Add(_error);
        command.Add(_seed);
    }

    internal AnalysisOptions Read(ParseResult parsed)
    {
        var error = parsed.GetValue(_error);
        if (!(error is >= 0.01 and <= 0.5))
            throw new InputException(FormattableString.Invariant($"--error {error} is not allowed; allowed: 0.01 to 0.5"));
        DeviceProfile[] profiles = [.. Names(parsed.GetValue(_profiles)!).Select(name => ShippedProfiles.Load(name))];
        // Figures are told apart by the noise's name.
        var names = profiles.Select(profile => profile.Name).Append(DepolarizingNoise.Name);
        if (names.GroupBy(name => name).FirstOrDefault(name => name.Count() > 1)?.Key is { } twice)
            throw new InputException($"--profiles: two kinds of noise are called {twice}; give each a name of its own");
        return new() { Seed = (ulong)parsed.GetValue(_seed), RelativeError = error, Profiles = profiles };
    }

    private static string[] Names(string list) => list.Equals("none", StringComparison.OrdinalIgnoreCase)
        ? []
        : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
