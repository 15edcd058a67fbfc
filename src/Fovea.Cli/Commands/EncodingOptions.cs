using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Cli.Commands;

/// <summary>How inputs get into a circuit, on the command line.</summary>
internal sealed class EncodingOptions
{
    private readonly Option<InputEncoding> _encoding =
        CommonOptions.Choice("--encoding", "How inputs are encoded", Enum.GetValues<InputEncoding>().ToDictionary(InputEncodings.Name));

    private readonly Option<bool> _reupload = new("--reupload") { Description = "Encode the inputs again before every layer." };

    internal EncodingOptions() => _encoding.DefaultValueFactory = _ => InputEncoding.Y;

    internal void AddTo(Command command)
    {
        command.Add(_encoding);
        command.Add(_reupload);
    }

    internal InputEncoding Encoding(ParseResult parsed) => parsed.GetValue(_encoding);

    internal bool Reupload(ParseResult parsed) => parsed.GetValue(_reupload);
}
