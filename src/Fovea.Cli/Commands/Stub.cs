using System.CommandLine;
namespace Fovea.Cli.Commands;
internal static class DemoCommand { internal static Command Create() => new("demo"); }
internal static class PrepareCommand { internal static Command Create() => new("prepare"); }
internal static class PhantomCommand { internal static Command Create() => new("phantom"); }
