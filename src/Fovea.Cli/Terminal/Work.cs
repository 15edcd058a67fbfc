using Fovea.Core.Progress;

namespace Fovea.Cli.Terminal;

/// <summary>What a command's work is given.</summary>
/// <param name="Progress">Told how far the work is.</param>
/// <param name="Announce">Writes a line on standard error without disturbing the bars.</param>
/// <param name="Cancellation">Cancelled by Ctrl-C and SIGTERM.</param>
internal sealed record Work(IProgress<ProgressUpdate> Progress, Action<string> Announce, CancellationToken Cancellation);
