using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Laboratory;
using Fovea.Laboratory.Circuits;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Cli.Commands;

/// <summary>The argument and options that name one circuit of the laboratory.</summary>
internal sealed class AnsatzSubjectOptions
{
    private readonly Argument<string> _ansatz = CommonOptions.NotEmpty(new Argument<string>("ansatz") { Description = "A name (see fovea ansatz list) or a file NAME.ansatz.", HelpName = "NAME|FILE" });
    private readonly Option<int> _qubits = new("--qubits") { Description = $"Qubits, {SubjectRules.MinQubits} to {SubjectRules.MaxQubits}; default: 8, or the nearest that the ansatz takes." };
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

    internal AnsatzSubject Read(ParseResult parsed)
    {
        var ansatz = AnsatzRegistry.Resolve(parsed.GetValue(_ansatz)!);
        var qubits = parsed.GetResult(_qubits) is { Implicit: false } ? parsed.GetValue(_qubits) : NearestSize(ansatz);
        var subject = new AnsatzSubject(ansatz, qubits, parsed.GetValue(_layers), Encoding.Encoding(parsed), Encoding.Reupload(parsed));
        SubjectRules.Check(subject);
        return subject;
    }

    private static int NearestSize(Ansatz ansatz)
    {
        const int Usual = 8;
        return Enumerable.Range(SubjectRules.MinQubits, SubjectRules.MaxQubits - SubjectRules.MinQubits + 1)
            .Where(ansatz.Wires.Allows)
            .DefaultIfEmpty(Usual)
            .MinBy(qubits => Math.Abs(qubits - Usual));
    }
}
