using System.Runtime.CompilerServices;
using System.Text;
using Fovea.Cli;
using Fovea.Cli.Terminal;
using TorchSharp;

namespace Fovea.Tests.Cli;

/// <summary>
/// The program inside the test's own process, for commands that compute no tensors or are given one thread: a process of its own would spend
/// half a second on starting. What it writes while it runs goes to the test that called it, although others run beside it.
/// </summary>
internal static class FoveaCommand
{
    private static readonly AsyncLocal<(StringWriter Output, StringWriter Error)?> Streams = new();

    public static FoveaResult Run(params IEnumerable<string> arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Streams.Value = (output, error);
        try
        {
            var threads = torch.get_num_threads();
            var code = Program.Main([.. arguments]);
            // Theirs is the process's number: other tests, running beside this one, compare results to the last bit.
            Assert.Equal(threads, torch.get_num_threads());
            return new FoveaResult(code, output.ToString(), error.ToString());
        }
        finally
        {
            Streams.Value = null;
        }
    }

    // Before anybody has asked for the console's writers and kept them.
    [ModuleInitializer]
    internal static void Redirect()
    {
        // A second libtorch beside the one of the tests would end the process.
        Environment.SetEnvironmentVariable(OtherLibtorch.Variable, null);
        Console.SetOut(new Divided(Console.Out, streams => streams.Output));
        Console.SetError(new Divided(Console.Error, streams => streams.Error));
    }

    private sealed class Divided(TextWriter otherwise, Func<(StringWriter Output, StringWriter Error), TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => otherwise.Encoding;

        private TextWriter Target => Streams.Value is { } streams ? choose(streams) : otherwise;

        public override void Write(char value) => Target.Write(value);

        public override void Write(string? value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void Flush() => Target.Flush();
    }
}
